package io.eas.emulator.discovery;

import java.util.List;

import io.eas.emulator.net.Loopback;
import io.eas.emulator.net.WireResponse;

/**
 * The discovery API's answer about one service.
 *
 * @param correlative the service
 * @param endpoints its instances
 */
record Upstreams(List<String> correlative, Endpoints endpoints) {

	static Upstreams of(ListedService service) {
		String app = service.name().replace('_', '-').replace('/', '-');
		return new Upstreams(List.of(service.name()),
				new Endpoints(service.instances()
					.stream()
					.map((instance) -> new Item(app, Loopback.HOST, instance.port(), instance.weight()))
					.toList()));
	}

	static Upstreams empty(String service) {
		return new Upstreams(List.of(service), new Endpoints(List.of()));
	}

	WireResponse response() {
		return WireResponse.json(200, this);
	}

	/**
	 * The list.
	 *
	 * @param items one for each listed instance
	 */
	record Endpoints(List<Item> items) {
	}

	/**
	 * One instance.
	 *
	 * @param app the service's name as Kubernetes would have it, without underscores and
	 * slashes
	 * @param ip the address
	 * @param port the port
	 * @param weight the weight
	 */
	record Item(String app, String ip, int port, int weight) {
	}

}
