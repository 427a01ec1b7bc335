package io.eas.emulator;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.emulator.instance.Backend;
import io.eas.emulator.instance.InstanceFactory;
import io.eas.emulator.net.Forwarder;
import io.eas.emulator.net.Listener;
import io.eas.emulator.net.Loopback;
import io.eas.emulator.net.Network;
import io.eas.emulator.net.PortPool;
import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireRequest;
import io.eas.emulator.token.TokenCheck;
import io.eas.test.ScriptedServer;
import io.eas.test.WireScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process behind an instance answers with legal and illegal sequences: each caller
 * gets its own answer, a 502, or a broken connection, and waits no longer than the
 * process; one whose attempts all met a legal sequence gets its own answer. A failure
 * names the seed and the call; {@code -Dfuzz.seed=} and {@code -Dfuzz.calls=} repeat a
 * run, in which each call meets the same scripts again.
 */
class WireFuzzTests {

	private static final long SEED = Long.getLong("fuzz.seed", 20260301);

	private static final int SHORT = Integer.getInteger("fuzz.calls", 800);

	private static final int LONG = Integer.getInteger("fuzz.long-calls", 10_000);

	private static final int CALLERS = 8;

	/** A process is silent for a second at most; the rest is a busy machine's. */
	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final int SHOWN = 10;

	private static final String LARGE = ".".repeat(200_000);

	/** More than the system takes of it before the process reads. */
	private static final String HUGE = ".".repeat(7_000_000);

	private static final List<String> METHODS = List.of("POST", "POST", "GET", "PUT", "DELETE", "HEAD");

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger answered = new AtomicInteger();

	private final ScriptedServer server = ScriptedServer.start(SEED, 0);

	private final Network network = new Network();

	private final Forwarder forwarder = new Forwarder(this.network);

	/** As with a process, but for the process. */
	private final Backend backend = new HandlerBackend(EmulatedHandler.echo()) {

		@Override
		public Mono<Void> exchange(WireRequest request, HttpServerResponse caller, ResponseWriter answer) {
			return WireFuzzTests.this.forwarder.forward(WireFuzzTests.this.server.ports().get(0), request, caller,
					answer);
		}

	};

	private final Listener listener = new InstanceFactory(this.network, this.forwarder, new TokenCheck(null),
			PortPool.loopback(0))
		.inProcess("fuzz-0", this.backend)
		.listener();

	@BeforeEach
	void open() {
		this.listener.open();
	}

	@AfterEach
	void close() throws IOException {
		this.listener.release();
		this.network.close();
		this.server.close();
	}

	@Test
	void eachCallerGetsItsOwnAnswerOrNone() {
		fuzz(SHORT);
	}

	@Test
	@Tag("long")
	void eachOfManyConcurrentCallersGetsItsOwnAnswerOrNone() {
		fuzz(LONG);
	}

	private void fuzz(int calls) {
		Flux.range(0, calls)
			.flatMap(this::call, CALLERS)
			.takeWhile((done) -> this.failures.size() < SHOWN)
			.blockLast(Duration.ofMinutes(2).plusMillis(20L * calls));
		assertThat(this.failures).as("seed %d", SEED).isEmpty();
		assertThat(this.server.violations()).as("seed %d", SEED).isEmpty();
		assertThat(this.answered).as("seed %d", SEED).hasValueGreaterThan(calls / 2);
		assertThat(this.server.reused()).as("seed %d", SEED).isGreaterThan(calls / 5);
		assertThat(this.server.answeredUnderWay()).as("seed %d", SEED).isGreaterThanOrEqualTo(calls / 800);
	}

	private Mono<Integer> call(int number) {
		String id = "call-" + number;
		SplittableRandom random = new SplittableRandom(SEED + number);
		String method = METHODS.get(random.nextInt(METHODS.size()));
		int size = random.nextInt(10);
		boolean empty = method.equals("GET") || method.equals("HEAD") || size == 0;
		String body = id + ";" + ((random.nextInt(100) < 10) ? HUGE : (size < 3) ? LARGE : "");
		HttpRequest.Builder request = Http.request(Loopback.address(this.listener.port()), "/api/predict/fuzz")
			.header(ScriptedServer.ID, id)
			.method(method, empty ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		// the request's own timeout ends with the headers of its answer
		return Mono.fromCompletionStage(() -> Http.start(request))
			.timeout(LIMIT)
			.map((response) -> judge(response, id, this.server.played(id)))
			.onErrorResume((ex) -> Mono.just(judge((ex instanceof CompletionException) ? ex.getCause() : ex, id)))
			.doOnNext((wrong) -> {
				if (!wrong.isEmpty()) {
					this.failures.add(id + " (" + method + ") " + wrong + " of " + this.server.played(id) + " after "
							+ this.server.precedent(id));
				}
			})
			.thenReturn(number);
	}

	private String judge(HttpResponse<String> response, String id, List<WireScript> played) {
		if (response.headers().firstValue(ScriptedServer.ID).filter(id::equals).isPresent()
				&& played.stream().anyMatch((script) -> script.allows(response.body()))) {
			this.answered.incrementAndGet();
			return "";
		}
		boolean refused = response.statusCode() == 502 && (response.request().method().equals("HEAD")
				|| response.body().startsWith("{\"error\":\"the model's answer isn't HTTP: "));
		return (refused && !isLegal(played)) ? "" : "got " + response + " " + response.body();
	}

	private String judge(Throwable ex, String id) {
		return (ex instanceof IOException && !isLegal(this.server.played(id))) ? "" : "failed as " + ex;
	}

	private static boolean isLegal(List<WireScript> played) {
		return !played.isEmpty() && played.stream().allMatch(WireScript::isLegal);
	}

}
