package io.eas.client.call;

import java.time.Duration;
import java.util.List;

import io.eas.client.EasClient;
import io.eas.client.EasResponse;
import io.eas.client.EasStatusException;
import io.eas.discovery.probe.HttpGetProber;
import io.eas.discovery.probe.ProbeResult;
import io.eas.instance.EasInstance;
import io.eas.test.RawServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Answers that say that the answer is elsewhere: told, never followed with credentials.
 */
class RedirectTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@ParameterizedTest
	@ValueSource(ints = { 300, 301, 302, 303, 304, 305, 307, 308 })
	void redirectFailsWithItsTargetAndIsNotFollowed(int status) throws Exception {
		try (RawServer target = RawServer.answering(RawService.answer("200 OK", "stolen"));
				RawServer server = RawServer.answering(
						RawService.answer(status + " X\r\nLocation: http://127.0.0.1:" + target.port() + "/b", ""))) {
			RawService.run(List.of(server), (client, context) -> {
				assertThatExceptionOfType(EasStatusException.class)
					.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE))
					.withMessageContaining("attempt 1 of 3")
					.withMessageContaining("status " + status)
					.withMessageContaining(
							"a redirect to http://127.0.0.1:" + target.port() + "/b, which is not followed")
					.satisfies((failure) -> assertThat(failure.status().value()).isEqualTo(status));
				assertThatExceptionOfType(EasStatusException.class)
					.isThrownBy(() -> client.get("").toEntity(Void.class).block(PATIENCE));
				assertThatExceptionOfType(EasStatusException.class)
					.isThrownBy(() -> client.get("").retrieveFlux(String.class).blockLast(PATIENCE))
					.withMessageContaining("a redirect to ");
				EasResponse<byte[]> answer = client.get("").exchange().block(PATIENCE);
				assertThat(answer.status().value()).isEqualTo(status);
				assertThat(server.requests()).hasSize(4);
				assertThat(target.requests()).isEmpty();
				assertThat(RawService.service(context).selector().states())
					.noneMatch((state) -> state.toString().contains("Ejected"));
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "http://user:secret@host:80/a?token=secret#secret,http://host:80/a?…", "//u:secret@host/a,//host/a",
			"/login?next=secret,/login?…", "https://host/a#secret,https://host/a?…", "/a@b,/a@b" })
	void messageShowsNoSecretsOfTheLocation(String location, String shown) throws Exception {
		try (RawServer server = RawServer.answering(RawService.answer("307 X\r\nLocation: " + location, ""))) {
			RawService.run(List.of(server),
					(client, context) -> assertThatExceptionOfType(EasStatusException.class)
						.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE))
						.withMessageContaining("a redirect to " + shown + ",")
						.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("secret")));
		}
	}

	@Test
	void messageShowsNoTokenOfTheLocation() throws Exception {
		try (RawServer server = RawServer
			.answering(RawService.answer("307 X\r\nLocation: http://host/a-long-token-of-mine/b", ""))) {
			RawService.run(List.of(server),
					(client, context) -> assertThatExceptionOfType(EasStatusException.class)
						.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE))
						.withMessageContaining("http://host/******/b"),
					"eas.services.raw.auth.scheme=bearer", "eas.services.raw.token=a-long-token-of-mine");
		}
	}

	@Test
	void redirectIsCountedWithItsStatus() throws Exception {
		try (RawServer server = RawServer.answering(RawService.answer("304 Not modified", ""))) {
			LocalEas.application()
				.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
				.withPropertyValues("eas.services.raw.mode=static", "eas.services.raw.auth.scheme=none",
						"eas.services.raw.instances=127.0.0.1:" + server.port())
				.run((context) -> {
					EasClient client = context.getBean(EasClient.class);
					assertThatExceptionOfType(EasStatusException.class)
						.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE));
					client.get("").exchange().block(PATIENCE);
					MeterRegistry meters = context.getBean(MeterRegistry.class);
					await().atMost(PATIENCE)
						.untilAsserted(() -> assertThat(meters.get("eas.client.requests")
							.tag("outcome", "REDIRECTION")
							.tag("status", "304")
							.timers()).extracting((timer) -> timer.count()).containsExactlyInAnyOrder(1L, 1L));
				});
		}
	}

	@Test
	void probeFollowsRedirectsOnItsOwnHostWithoutCredentials() throws Exception {
		try (RawServer target = RawServer.answering(RawService.answer("200 OK", "ready"));
				RawServer server = RawServer.answering(RawService
					.answer("302 X\r\nLocation: http://user:password@127.0.0.1:" + target.port() + "/ready", ""))) {
			ProbeResult result = new HttpGetProber(HttpClient.newConnection(), "/health", null, PATIENCE,
					Schedulers.parallel())
				.probe(new EasInstance("127.0.0.1", server.port(), 1))
				.block(PATIENCE);
			assertThat(result).isInstanceOf(ProbeResult.Passed.class);
			assertThat(List.of(server.requests().get(0), target.requests().get(0)))
				.allSatisfy((request) -> assertThat(request).startsWith("GET /")
					.doesNotContainIgnoringCase("authorization", "cookie", "token"));
		}
	}

}
