package io.eas.emulator;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import io.eas.test.ScriptedServer;
import io.eas.test.WireScript;
import io.eas.test.WireScripts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process behind an instance answers with legal and illegal sequences: each caller
 * gets its own answer, a 502, or a broken connection, and waits no longer than the
 * process. A failure names the seed and the call; {@code -Dfuzz.seed=} and
 * {@code -Dfuzz.calls=} repeat a run, in which each call meets the same scripts again.
 */
class WireFuzzTests {

	private static final long SEED = Long.getLong("fuzz.seed", 20260301);

	private static final int SHORT = Integer.getInteger("fuzz.calls", 800);

	private static final int LONG = 100_000;

	private static final int CALLERS = 8;

	/** How often a caller's own library may send a request that got no answer. */
	private static final int ATTEMPTS = 5;

	/** Much longer than a process is silent before it closes its connection. */
	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final int SHOWN = 10;

	private static final String LARGE = ".".repeat(200_000);

	private static final List<String> METHODS = List.of("POST", "POST", "GET", "PUT", "DELETE", "HEAD");

	private final WireScripts scripts = new WireScripts(SEED);

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	@Test
	void eachCallerGetsItsOwnAnswerOrNone() {
		fuzz(SHORT);
	}

	@Test
	@Tag("long")
	void eachOfAHundredThousandCallersGetsItsOwnAnswerOrNone() {
		fuzz(LONG);
	}

	private void fuzz(int calls) {
		try (EasEmulator eas = EasEmulator.builder()
			.service("fuzz", (service) -> service.instance((i) -> i.command(ScriptedModel.command(SEED))))
			.build()
			.start()) {
			EmulatedInstance instance = eas.service("fuzz").instance(0);
			Flux.range(0, calls)
				.flatMap((number) -> call(instance, number), CALLERS)
				.takeWhile((done) -> this.failures.size() < SHOWN)
				.blockLast();
			assertThat(this.failures).as("seed %d", SEED).isEmpty();
			assertThat(instance.answers().getOrDefault(200, 0L)).isGreaterThan(calls / 3);
		}
	}

	private Mono<Integer> call(EmulatedInstance instance, int number) {
		String id = "call-" + number;
		SplittableRandom random = new SplittableRandom(SEED + number);
		String method = METHODS.get(random.nextInt(METHODS.size()));
		int size = random.nextInt(10);
		boolean empty = method.equals("GET") || method.equals("HEAD") || size == 0;
		HttpRequest.Builder request = Http.request(instance.address(), "/api/predict/fuzz")
			.timeout(LIMIT)
			.header(ScriptedServer.ID, id)
			.method(method,
					empty ? BodyPublishers.noBody() : BodyPublishers.ofString(id + ";" + ((size < 3) ? LARGE : "")));
		List<WireScript> played = IntStream.range(0, ATTEMPTS)
			.mapToObj((attempt) -> this.scripts.draw(id, attempt, method, false))
			.toList();
		return Mono.fromCompletionStage(() -> Http.start(request))
			.map((response) -> judge(response, id, played))
			.onErrorResume((ex) -> Mono.just(judge((ex instanceof CompletionException) ? ex.getCause() : ex)))
			.doOnNext((wrong) -> {
				if (!wrong.isEmpty()) {
					this.failures.add(id + " (" + method + ") " + wrong + ", first " + played.get(0));
				}
			})
			.thenReturn(number);
	}

	private static String judge(HttpResponse<String> response, String id, List<WireScript> played) {
		boolean own = response.headers().firstValue(ScriptedServer.ID).filter(id::equals).isPresent()
				&& played.stream().anyMatch((script) -> script.allows(response.body()));
		boolean refused = response.statusCode() == 502
				&& response.body().startsWith("{\"error\":\"the model's answer is no HTTP: ");
		boolean refusedHead = response.statusCode() == 502 && response.request().method().equals("HEAD");
		return (own || refused || refusedHead) ? "" : "got " + response + " " + response.body();
	}

	private static String judge(Throwable ex) {
		return (ex instanceof IOException && !(ex instanceof HttpTimeoutException)) ? "" : "failed as " + ex;
	}

}
