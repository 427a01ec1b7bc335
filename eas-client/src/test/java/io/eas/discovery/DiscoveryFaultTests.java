package io.eas.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;
import com.github.tomakehurst.wiremock.http.Fault;
import io.eas.discovery.PolledDiscovery.Outcome;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever discovery answers, the last good list stays, the state says what was wrong,
 * and the next good answer is taken.
 */
class DiscoveryFaultTests {

	private static final EasInstance OLD = new EasInstance("10.0.0.1", 8501, 100);

	private static final EasInstance NEW = new EasInstance("10.0.0.2", 8502, 50);

	private static final String NO_ANSWER = "no answer within 3000 ms";

	private static WireMockServer server;

	@BeforeAll
	static void startServer() {
		server = Upstreams.server();
	}

	@AfterAll
	static void stopServer() {
		server.stop();
	}

	@BeforeEach
	void reset() {
		server.resetAll();
	}

	static Stream<Arguments> faults() {
		return faults(Upstreams.endpoint(server));
	}

	/** Bad answers of a discovery at this endpoint, each with its name and the reason. */
	static Stream<Arguments> faults(String endpoint) {
		return Stream.of(fault("status 500", aResponse().withStatus(500).withBody("oops"), "status 500"),
				fault("status 503", aResponse().withStatus(503), "status 503"),
				fault("status 401", aResponse().withStatus(401), "status 401"),
				fault("status 204", aResponse().withStatus(204), "status 204"),
				fault("status 206", Upstreams.items(item(NEW)).withStatus(206), "status 206"),
				fault("status 404 on both paths", aResponse().withStatus(404),
						"status 404, is the name of the service right, and the endpoint (or uid and region-id)?"),
				fault("redirect", aResponse().withStatus(302).withHeader("Location", endpoint + "/elsewhere"),
						"status 302"),
				fault("no answer", Upstreams.items(item(NEW)).withFixedDelay(5000), NO_ANSWER),
				fault("trickle", Upstreams.items(item(NEW)).withChunkedDribbleDelay(100, 5000), NO_ANSWER),
				fault("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "onnection reset"),
				fault("closed without an answer", aResponse().withFault(Fault.EMPTY_RESPONSE), "prematurely closed"),
				fault("malformed chunk", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), "Exception"),
				fault("random data", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE), "Exception"),
				fault("empty body", Upstreams.ok(""), "the answer has no array endpoints.items"),
				fault("empty list", Upstreams.items(), "the list of instances is empty"),
				fault("items null", Upstreams.ok("{\"endpoints\": {\"items\": null}}"),
						"the answer has no array endpoints.items"),
				fault("items an object", Upstreams.ok("{\"endpoints\": {\"items\": {}}}"),
						"the answer has no array endpoints.items"),
				fault("no items", Upstreams.ok("{\"endpoints\": {}}"), "the answer has no array endpoints.items"),
				fault("no endpoints", Upstreams.ok("{}"), "the answer has no array endpoints.items"),
				fault("a list", Upstreams.ok("[1, 2]"), "the answer has no array endpoints.items"),
				fault("null", Upstreams.ok("null"), "the answer has no array endpoints.items"),
				fault("truncated", Upstreams.ok(Upstreams.json(item(NEW)).substring(0, 60)), "the answer is not JSON"),
				fault("trailing text", Upstreams.ok(Upstreams.json(item(NEW)) + " }"), "the answer is not JSON"),
				fault("deep nesting", Upstreams.ok("[".repeat(100_000)), "the answer is not JSON"),
				fault("HTML", Upstreams.ok("<html><body>502 Bad Gateway</body></html>"), "the answer is not JSON"),
				fault("no item that can be used",
						Upstreams.items("{\"ip\": \"10.0.0.2\"}", "{\"ip\": \"10.0.0.3\", \"port\": 0}"),
						"none of 2 instances can be used, the first: \"10.0.0.2\": port must be a number between 1 "
								+ "and 65535, was missing"),
				fault("more than the limit", Upstreams.ok(huge(item(NEW), 10 * 1024 * 1024)),
						"the answer is larger than the limit of 4194304 bytes"));
	}

	private static Arguments fault(String name, ResponseDefinitionBuilder answer, String reason) {
		return Arguments.of(name, answer, reason);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("faults")
	void failedPollKeepsTheListAndIsLoggedUntilTheNextGoodResponse(String name, ResponseDefinitionBuilder fault,
			String reason) throws InterruptedException {
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			Upstreams.answer(server, Upstreams.items(item(OLD)));
			InstanceList list = polled.start().after();
			assertThat(list.instances()).containsExactly(OLD);
			server.resetAll();
			Upstreams.answer(server, fault);
			for (int failures = 1; failures <= 2; failures++) {
				Outcome outcome = reason.equals(NO_ANSWER) ? polled.nextWithoutAnswer() : polled.next();
				assertThat(outcome.failure()).isNotNull();
				assertThat(polled.cache.current()).isSameAs(list);
				DiscoveryState state = polled.cache.state();
				assertThat(state.failures()).isEqualTo(failures);
				assertThat(state.lastFailure()).startsWith("discovery at " + Upstreams.endpoint(server) + "/")
					.contains(reason);
				assertThat(state.lastSuccess()).isNotNull();
			}
			assertThat(server.findAll(getRequestedFor(urlEqualTo("/elsewhere")))).isEmpty();
			server.resetAll();
			Upstreams.answer(server, Upstreams.items(item(NEW)));
			assertThat(polled.next().after().instances()).containsExactly(NEW);
			assertThat(polled.cache.state().lastFailure()).isNull();
			assertThat(polled.cache.state().failures()).isZero();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("faults")
	void thereIsNoListUntilTheFirstGoodResponse(String name, ResponseDefinitionBuilder fault, String reason)
			throws InterruptedException {
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			Upstreams.answer(server, fault);
			Outcome outcome = reason.equals(NO_ANSWER) ? polled.startWithoutAnswer() : polled.start();
			assertThat(outcome.failure().lastFailure()).contains(reason);
			assertThat(polled.cache.current()).isNull();
			assertThat(polled.cache.state().lastSuccess()).isNull();
			server.resetAll();
			Upstreams.answer(server, Upstreams.items(item(NEW)));
			assertThat(polled.next().after().instances()).containsExactly(NEW);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "ALWAYS", "NEVER" })
	void responseMayHaveAsManyBytesAsTheLimitButNotOneMore(ChunkedEncodingPolicy chunked) throws InterruptedException {
		WireMockServer own = new WireMockServer(Upstreams.configuration().useChunkedTransferEncoding(chunked));
		own.start();
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(own))) {
			Upstreams.answer(own, Upstreams.ok(huge(item(OLD), PolledDiscovery.LIMIT)));
			InstanceList list = polled.start().after();
			assertThat(list.instances()).containsExactly(OLD);
			Upstreams.answer(own, Upstreams.ok(huge(item(NEW), PolledDiscovery.LIMIT + 1)));
			assertThat(polled.next().failure().lastFailure()).contains("larger than the limit of 4194304 bytes");
			Upstreams.answer(own, Upstreams.ok(huge(item(NEW), 10 * 1024 * 1024)));
			assertThat(polled.next().failure().lastFailure()).contains("larger than the limit of 4194304 bytes");
			assertThat(polled.cache.current()).isSameAs(list);
		}
		finally {
			own.stop();
		}
	}

	@Test
	void refusedConnectionIsExplained() throws InterruptedException {
		WireMockServer gone = Upstreams.server();
		String endpoint = Upstreams.endpoint(gone);
		gone.stop();
		try (PolledDiscovery polled = new PolledDiscovery(endpoint)) {
			assertThat(polled.start().failure().lastFailure()).contains("Connection refused");
		}
	}

	@Test
	void newerPathIsUsedAndRememberedIfTheDocumentedOneDoesNotExist() throws InterruptedException {
		Upstreams.answer(server, PolledDiscovery.NEWER_PATH, Upstreams.items(item(OLD)));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			assertThat(polled.start().after().instances()).containsExactly(OLD);
			assertThat(asked()).containsExactly(PolledDiscovery.DOCUMENTED_PATH, PolledDiscovery.NEWER_PATH);
			polled.next();
			polled.next();
			assertThat(asked()).containsExactly(PolledDiscovery.DOCUMENTED_PATH, PolledDiscovery.NEWER_PATH,
					PolledDiscovery.NEWER_PATH, PolledDiscovery.NEWER_PATH);
		}
	}

	@Test
	void documentedPathIsUsedAgainIfTheNewerOneDisappears() throws InterruptedException {
		Upstreams.answer(server, PolledDiscovery.NEWER_PATH, Upstreams.items(item(OLD)));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			polled.start();
			server.resetAll();
			Upstreams.answer(server, Upstreams.items(item(NEW)));
			assertThat(polled.next().after().instances()).containsExactly(NEW);
			polled.next();
			assertThat(asked()).containsExactly(PolledDiscovery.NEWER_PATH, PolledDiscovery.DOCUMENTED_PATH,
					PolledDiscovery.DOCUMENTED_PATH);
		}
	}

	@Test
	void pathThatFailsWithAnotherStatusIsKeptAndNamed() throws InterruptedException {
		Upstreams.answer(server, PolledDiscovery.NEWER_PATH, Upstreams.items(item(OLD)));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			polled.start();
			server.resetAll();
			Upstreams.answer(server, PolledDiscovery.NEWER_PATH, aResponse().withStatus(500));
			assertThat(polled.next().failure().lastFailure()).contains(PolledDiscovery.NEWER_PATH + ": status 500");
			assertThat(asked()).containsExactly(PolledDiscovery.NEWER_PATH);
		}
	}

	@Test
	void failureNamesThePathThatFailedAndNotTheMissingOne() throws InterruptedException {
		Upstreams.answer(server, PolledDiscovery.NEWER_PATH, aResponse().withStatus(500));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			assertThat(polled.start().failure().lastFailure()).contains(PolledDiscovery.NEWER_PATH + ": status 500");
		}
	}

	@Test
	void timeoutCoversBothPathsTogether() {
		Upstreams.answer(server, aResponse().withStatus(404).withFixedDelay(700));
		Upstreams.answer(server, PolledDiscovery.NEWER_PATH, Upstreams.items(item(OLD)).withFixedDelay(700));
		findsNoAnswerWithinASecond();
	}

	@Test
	void timeoutCoversTheLastByteAndNotOnlyTheFirst() {
		Upstreams.answer(server, Upstreams.items(item(OLD)).withChunkedDribbleDelay(50, 4000));
		findsNoAnswerWithinASecond();
	}

	private static void findsNoAnswerWithinASecond() {
		InstanceDiscovery discovery = new HttpInstanceDiscovery(
				HttpClient.newConnection().baseUrl(Upstreams.endpoint(server)), Upstreams.endpoint(server),
				List.of(PolledDiscovery.DOCUMENTED_PATH, PolledDiscovery.NEWER_PATH), Duration.ofSeconds(1),
				PolledDiscovery.LIMIT, AllowedNetworks.of(List.of()), Schedulers.parallel());
		StepVerifier.create(discovery.discover())
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(DiscoveryException.class)
				.hasMessageContaining("no answer within 1000 ms"))
			.verify(Duration.ofSeconds(20));
	}

	@Test
	void requestHasNoCredentials() throws InterruptedException {
		Upstreams.answer(server, Upstreams.items(item(OLD)));
		try (PolledDiscovery polled = new PolledDiscovery(Upstreams.endpoint(server))) {
			polled.start();
			server.verify(1, getRequestedFor(anyUrl()).withoutHeader("Authorization").withoutHeader("Cookie"));
		}
	}

	private static List<String> asked() {
		List<String> urls = new ArrayList<>();
		server.getAllServeEvents().forEach((event) -> urls.add(event.getRequest().getUrl()));
		Collections.reverse(urls); // the newest comes first
		return urls;
	}

	private static String item(EasInstance instance) {
		return Upstreams.item(instance.host(), instance.port(), instance.weight());
	}

	private static String huge(String item, int size) {
		String json = Upstreams.json(item);
		return json + " ".repeat(size - json.length());
	}

}
