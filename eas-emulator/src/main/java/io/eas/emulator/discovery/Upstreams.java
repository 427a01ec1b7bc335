package io.eas.emulator.discovery;

import java.util.List;

import io.eas.emulator.net.WireResponse;

/**
 * The discovery API's response for one service.
 *
 * @param correlative the service's name
 * @param endpoints the service's instances
 */
record Upstreams(List<String> correlative, Endpoints endpoints) {

	static Upstreams of(ListedService service, String address) {
		String app = service.name().replace('_', '-').replace('/', '-');
		return new Upstreams(List.of(service.name()),
				new Endpoints(service.instances()
					.stream()
					.map((instance) -> new Item(app, address, instance.port(), instance.weight()))
					.toList()));
	}

	static Upstreams empty(String service) {
		return new Upstreams(List.of(service), new Endpoints(List.of()));
	}

	WireResponse response() {
		return WireResponse.json(200, this);
	}

	/**
	 * The list of instances.
	 *
	 * @param items one item per listed instance
	 */
	record Endpoints(List<Item> items) {
	}

	/**
	 * One instance.
	 *
	 * @param app the service's name in the form that Kubernetes allows, without
	 * underscores and slashes
	 * @param ip the address
	 * @param port the port
	 * @param weight the weight
	 */
	record Item(String app, String ip, int port, int weight) {
	}

}
