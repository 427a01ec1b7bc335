package io.eas.emulator;

import java.util.List;

import io.eas.emulator.net.Loopback;
import tools.jackson.databind.json.JsonMapper;

/**
 * The discovery API's answer about one service.
 *
 * @param correlative the service
 * @param endpoints its instances
 */
record Upstreams(List<String> correlative, Endpoints endpoints) {

	private static final JsonMapper JSON = JsonMapper.shared();

	static Upstreams of(EmulatedService service) {
		String app = service.name().replace('_', '-').replace('/', '-');
		return new Upstreams(List.of(service.name()),
				new Endpoints(service.listed()
					.stream()
					.map((instance) -> new Item(app, Loopback.HOST, instance.port(), instance.weight()))
					.toList()));
	}

	static Upstreams empty(String service) {
		return new Upstreams(List.of(service), new Endpoints(List.of()));
	}

	EmulatedResponse response() {
		return EmulatedResponse.json(200, JSON.writeValueAsString(this));
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
