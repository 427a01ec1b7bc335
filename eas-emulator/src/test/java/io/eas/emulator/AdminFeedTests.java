package io.eas.emulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page of the local EAS is made of: its files, and the events that tell it what
 * is new.
 */
@Timeout(60)
class AdminFeedTests {

	private final EasEmulator eas = EasEmulator.builder()
		.service("echo", (service) -> service.token("secret").instances(2, (instance) -> {
		}))
		.build()
		.start();

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void tellsTheWholeStateFirst() throws Exception {
		try (Stream<JsonNode> updates = updates()) {
			JsonNode first = updates.iterator().next();
			assertThat(first.at("/state"))
				.isEqualTo(JsonMapper.shared().readTree(Http.get(admin(), "/services").body()));
			assertThat(first.at("/at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
			assertThat(first.toString()).doesNotContain("secret");
		}
	}

	@Test
	void tellsTheStateAgainOnlyOnceItIsAnotherOne() throws Exception {
		try (Stream<JsonNode> updates = updates()) {
			Iterator<JsonNode> each = updates.iterator();
			assertThat(each.next().has("state")).isTrue();
			assertThat(each.next().has("state")).isFalse();
			this.eas.service("echo").setWeight(0, 7);
			JsonNode changed = next(each, (update) -> update.has("state"));
			assertThat(changed.at("/state/services/0/instances/0/weight").asInt()).isEqualTo(7);
		}
	}

	@Test
	void tellsWhatHappensToAnInstanceAndToDiscovery() throws Exception {
		EmulatedInstance instance = this.eas.service("echo").instance(1);
		Map<String, Runnable> changes = new LinkedHashMap<>();
		changes.put("echo-1 state frozen", instance::freeze);
		changes.put("echo-1 state running", instance::thaw);
		changes.put("echo-1 unlisted unlisted", instance::unlist);
		changes.put("echo-1 fault status 450", () -> instance.status(450));
		changes.put("echo-1 weight 0", () -> instance.setWeight(0));
		changes.put("echo-1 state dead", instance::kill);
		changes.put(" fault empty", this.eas.discovery()::empty);
		try (Stream<JsonNode> updates = updates()) {
			Iterator<JsonNode> each = updates.iterator();
			each.next();
			changes.forEach((event, change) -> {
				change.run();
				next(each, (update) -> events(update).contains(event));
			});
		}
	}

	private static List<String> events(JsonNode update) {
		return update.at("/events")
			.valueStream()
			.map((event) -> Stream.of("/instance", "/kind", "/what")
				.map((name) -> event.at(name).asString())
				.collect(Collectors.joining(" ")))
			.toList();
	}

	@Test
	void whoComesLaterHearsWhatHappenedBefore() throws Exception {
		try (Stream<JsonNode> updates = updates()) {
			Iterator<JsonNode> each = updates.iterator();
			this.eas.service("echo").instance(0).unlist();
			next(each, (update) -> update.at("/events").toString().contains("unlisted"));
		}
		try (Stream<JsonNode> later = updates()) {
			assertThat(later.iterator().next().at("/events").toString()).contains("unlisted");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/page/page.css", "/page/main.js", "/page/icon.svg" })
	void thePageComesFromHereAndGoesNowhere(String path) throws Exception {
		HttpResponse<String> response = Http.get(admin(), path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
			.startsWith("default-src 'none'")
			.doesNotContain("http", "unsafe");
		assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(response.body().replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:",
				"innerHTML");
	}

	private static JsonNode next(Iterator<JsonNode> updates, Predicate<JsonNode> wanted) {
		JsonNode next = updates.next();
		while (!wanted.test(next)) {
			next = updates.next();
		}
		return next;
	}

	/** Closing the stream closes the connection. */
	private Stream<JsonNode> updates() throws Exception {
		HttpResponse<Stream<String>> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://" + admin() + "/events")).build(), BodyHandlers.ofLines());
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
		return response.body()
			.filter((line) -> line.startsWith("data: "))
			.map((line) -> JsonMapper.shared().readTree(line.substring("data: ".length())));
	}

	private String admin() {
		return "127.0.0.1:" + this.eas.adminPort();
	}

}
