package io.eas.client.call;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.eas.client.EasClient;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasRequest;
import io.eas.client.EasResponse;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.loadbalancer.InstanceState;
import io.eas.service.EasServices;
import io.eas.test.ScriptedServer;
import io.eas.test.WireScript;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Calls to instances that answer with legal and illegal sequences: each gets its own
 * answer or fails as an {@link EasException}, and in time; one whose attempts all met a
 * legal sequence doesn't fail. A failure names the seed and the call;
 * {@code -Dfuzz.seed=} and {@code -Dfuzz.calls=} repeat a run, in which each call meets
 * the same scripts again.
 */
class WireFuzzTests {

	private static final long SEED = Long.getLong("fuzz.seed", 20260301);

	private static final int SHORT = Integer.getInteger("fuzz.calls", 2_000);

	private static final int LONG = Integer.getInteger("fuzz.long-calls", 10_000);

	private static final int CALLERS = 8;

	private static final Duration LIMIT = Duration.ofMillis(500);

	/** What a busy machine may add to it. */
	private static final Duration GRACE = Duration.ofMillis(Long.getLong("fuzz.grace-millis", 5_000));

	private static final int SHOWN = 10;

	private static final String LARGE = ".".repeat(200_000);

	/** More than the system takes of it before the server reads. */
	private static final String HUGE = ".".repeat(7_000_000);

	private static final List<HttpMethod> METHODS = List.of(HttpMethod.POST, HttpMethod.POST, HttpMethod.GET,
			HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.HEAD);

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger answered = new AtomicInteger();

	/** Calls that found no time although their attempts met legal sequences. */
	private final AtomicInteger timedOut = new AtomicInteger();

	@Test
	void eachCallGetsItsOwnResponseOrFails() throws Exception {
		fuzz(SHORT);
	}

	@Test
	@Tag("long")
	void eachOfManyCallsGetsItsOwnResponseOrFails() throws Exception {
		fuzz(LONG);
	}

	private void fuzz(int calls) throws IOException {
		try (ScriptedServer server = ScriptedServer.start(SEED, 0, 0, 0)) {
			LocalEas.application().withPropertyValues(properties(server)).run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				Flux.range(0, calls)
					.flatMap((number) -> call(client, server, number), CALLERS)
					.takeWhile((done) -> this.failures.size() < SHOWN)
					.blockLast(Duration.ofMinutes(2).plusMillis(20L * calls));
				await().untilAsserted(() -> assertThat(inFlight(context.getBean(EasServices.class))).isZero());
			});
			assertThat(this.failures).as("seed %d", SEED).isEmpty();
			assertThat(server.violations()).as("seed %d", SEED).isEmpty();
			assertThat(this.answered).as("seed %d", SEED).hasValueGreaterThan(calls / 2);
			assertThat(this.timedOut).as("seed %d", SEED).hasValueLessThanOrEqualTo(calls / 10);
			assertThat(server.reused()).as("seed %d", SEED).isGreaterThan(calls / 5);
			assertThat(server.answeredUnderWay()).as("seed %d", SEED).isGreaterThanOrEqualTo(calls / 2_000);
			await().untilAsserted(() -> assertThat(server.connections()).isZero());
		}
	}

	/** Fewer connections than callers, so that each is wanted the moment it is free. */
	private static String[] properties(ScriptedServer server) {
		String instances = server.ports().stream().map((port) -> "127.0.0.1:" + port).collect(Collectors.joining(","));
		return new String[] { "eas.services.fuzz.mode=static", "eas.services.fuzz.auth.scheme=none",
				"eas.services.fuzz.instances=" + instances, "eas.http.request-timeout=" + LIMIT.toMillis() + "ms",
				"eas.http.response-timeout=" + LIMIT.toMillis() + "ms", "eas.http.max-connections-per-instance=2" };
	}

	private static int inFlight(EasServices services) {
		return services.service("fuzz").selector().states().stream().mapToInt(InstanceState::inFlight).sum();
	}

	private Mono<Integer> call(EasClient client, ScriptedServer server, int number) {
		String id = "call-" + number;
		SplittableRandom random = new SplittableRandom(SEED + number);
		HttpMethod method = METHODS.get(random.nextInt(METHODS.size()));
		long begun = System.nanoTime();
		return received(request(client, method, id, random), id, random).defaultIfEmpty("")
			.map((body) -> judge(server.played(id), body))
			.onErrorResume((ex) -> Mono.just(judge(server.played(id), ex)))
			.doOnNext((wrong) -> {
				long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
				String late = (millis > LIMIT.plus(GRACE).toMillis()) ? "took " + millis + " ms " : "";
				if (!(late + wrong).isEmpty()) {
					this.failures.add(id + " (" + method + ") " + late + wrong + " after " + server.precedent(id));
				}
			})
			.thenReturn(number);
	}

	private static EasRequest request(EasClient client, HttpMethod method, String id, SplittableRandom random) {
		EasRequest request = client.method(method, "").header(ScriptedServer.ID, id).idempotent(true);
		int size = random.nextInt(10);
		if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || size == 0) {
			return request;
		}
		return request.body(id + ";" + ((random.nextInt(100) < 4) ? HUGE : (size < 3) ? LARGE : ""));
	}

	/** The body; what the headers say of an answer without one is seen to here. */
	private static Mono<String> received(EasRequest request, String id, SplittableRandom random) {
		return switch (random.nextInt(4)) {
			case 0 -> request.retrieve(String.class);
			case 1 -> request.toEntity(String.class).map((response) -> own(id, response, response.body()));
			case 2 -> request.exchange().map((response) -> own(id, response, text(response.body())));
			default -> request.header(ScriptedServer.STREAMED, "1")
				.retrieveFlux(String.class)
				.map((event) -> "data: " + event)
				.collect(Collectors.joining("\n\n"));
		};
	}

	private static String text(byte[] body) {
		return (body != null) ? new String(body, StandardCharsets.ISO_8859_1) : "";
	}

	private static String own(String id, EasResponse<?> response, String body) {
		assertThat(response.headers().getFirst(ScriptedServer.ID)).isEqualTo(id);
		return Objects.requireNonNullElse(body, "");
	}

	private String judge(List<WireScript> scripts, String body) {
		this.answered.incrementAndGet();
		// the end of an event stream's last event is lost
		return scripts.stream().anyMatch((script) -> script.allows(body) || script.allows(body + "\n\n")) ? ""
				: "got \"" + shortened(body) + "\" of " + scripts;
	}

	private String judge(List<WireScript> scripts, Throwable ex) {
		if (ex instanceof EasStatusException status) {
			return scripts.stream().anyMatch((script) -> script.allows(text(status.body()))) ? ""
					: "failed with an answer of somebody else, " + shortened(text(status.body())) + ", of " + scripts;
		}
		boolean legal = !scripts.isEmpty() && scripts.stream().allMatch(WireScript::isLegal);
		if (ex instanceof EasConnectionException broken && scripts.size() < broken.attempt()) {
			// a kept connection was just being closed, and the request never arrived
			return "";
		}
		if (legal && ex instanceof EasTimeoutException) {
			this.timedOut.incrementAndGet();
			return "";
		}
		return (legal || !(ex instanceof EasException)) ? "failed as " + ex + " of " + scripts : "";
	}

	private static String shortened(String body) {
		return (body.length() <= 200) ? body : body.substring(0, 200) + "…";
	}

}
