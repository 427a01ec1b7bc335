package io.eas.benchmarks.scale;

import java.util.Random;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Responses of discovery with many instances, with weights from 1 to 1000.
 *
 * @param instances the number of instances
 */
record Listing(int instances) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final int HEAVIEST = 1000;

	private static final int PORT = 50_000;

	/**
	 * Returns a response.
	 * @param network the second number of the instances' addresses; different numbers
	 * result in different instances
	 */
	byte[] of(int network) {
		return write(network, -1);
	}

	/**
	 * Returns a response with one instance changed, whose port differs.
	 * @param moved the index of the instance
	 */
	byte[] with(int network, int moved) {
		return write(network, moved);
	}

	private byte[] write(int network, int moved) {
		ObjectNode answer = JSON.createObjectNode();
		answer.putArray("correlative").add("benchmark");
		ArrayNode items = answer.putObject("endpoints").putArray("items");
		Random weights = new Random(1);
		for (int i = 0; i < this.instances; i++) {
			items.addObject()
				.put("app", "benchmark")
				.put("ip", "10." + network + "." + i / 250 + "." + (1 + i % 250))
				.put("port", (i == moved) ? PORT + 1 : PORT)
				.put("weight", 1 + weights.nextInt(HEAVIEST));
		}
		return JSON.writeValueAsBytes(answer);
	}

}
