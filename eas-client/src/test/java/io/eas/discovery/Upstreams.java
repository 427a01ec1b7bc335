package io.eas.discovery;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;

/**
 * Answers of a discovery API.
 */
final class Upstreams {

	private Upstreams() {
	}

	static WireMockServer server() {
		WireMockServer server = new WireMockServer(configuration());
		server.start();
		return server;
	}

	static WireMockConfiguration configuration() {
		return WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort();
	}

	/** The endpoint of a server. */
	static String endpoint(WireMockServer server) {
		return "http://127.0.0.1:" + server.port();
	}

	/** Answers the documented path from now on. */
	static void answer(WireMockServer server, ResponseDefinitionBuilder answer) {
		answer(server, PolledDiscovery.DOCUMENTED_PATH, answer);
	}

	static void answer(WireMockServer server, String path, ResponseDefinitionBuilder answer) {
		server.stubFor(get(path).willReturn(answer));
	}

	/** An answer with these items, each as JSON. */
	static ResponseDefinitionBuilder items(String... items) {
		return ok(json(items));
	}

	static ResponseDefinitionBuilder ok(String body) {
		return aResponse().withStatus(200).withHeader("Content-Type", "application/json").withBody(body);
	}

	/** The body of an answer with these items. */
	static String json(String... items) {
		return "{\"correlative\": [\"mnist\"], \"endpoints\": {\"items\": [" + String.join(",", items) + "]}}";
	}

	/** The JSON of a good item. */
	static String item(String ip, int port, int weight) {
		return "{\"app\": \"mnist\", \"ip\": \"%s\", \"port\": %d, \"weight\": %d}".formatted(ip, port, weight);
	}

}
