package io.eas.benchmarks.llm;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.eas.client.EasClient;
import io.eas.client.EasRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;

/**
 * Sends the requests of a trace to a service that speaks OpenAI's protocol, as streamed
 * completions at the times of the trace. The prompts are generated: equal blocks of the
 * trace have the same text, and 4 characters count as a token. Used by one thread.
 */
final class ServiceRun {

	private static final int CHARACTERS_PER_TOKEN = 4;

	private static final int WARM_UP_CALLS = 200;

	private static final Duration LONGEST = Duration.ofHours(2);

	private final EasClient client;

	private final String model;

	private final boolean keyed;

	private final double faster;

	private final Map<String, String> failures = new ConcurrentHashMap<>();

	/** Makes the prompts of this run different from those of other runs. */
	private final long salt = new Random().nextLong();

	/**
	 * Creates a run.
	 * @param client the client of the service
	 * @param model the name of the model
	 * @param keyed whether the hash key of a call is its conversation
	 * @param faster the factor by which requests come faster than in the trace
	 */
	ServiceRun(EasClient client, String model, boolean keyed, double faster) {
		this.client = client;
		this.model = model;
		this.keyed = keyed;
		this.faster = faster;
	}

	/**
	 * Runs a trace. Blocks until all requests are answered.
	 * @param arrivals the requests of the trace, in the order of their arrival
	 * @param slower the factor by which the waits are multiplied
	 * @return the waits; the hit rate is NaN if the service doesn't report it
	 * @throws io.eas.client.EasException if a call of the warm-up, which isn't measured,
	 * fails
	 */
	Waits run(Trace arrivals, double slower) {
		warmUp();
		double first = arrivals.requests().get(0).millis();
		List<Answer> answers = Flux.fromIterable(arrivals.requests())
			.flatMap((request) -> Mono.delay(Duration.ofNanos((long) (1e6 * (request.millis() - first) / this.faster)))
				.then(counted(request)), Integer.MAX_VALUE)
			.collectList()
			.blockOptional(LONGEST)
			.orElseThrow();
		List<Double> seconds = answers.stream().map((answer) -> answer.seconds * slower).toList();
		long tokens = answers.stream().mapToLong((answer) -> answer.inputTokens).sum();
		long cached = answers.stream().mapToLong((answer) -> answer.cachedTokens).sum();
		boolean told = answers.stream().anyMatch((answer) -> answer.cachedTokens > 0);
		return Waits.of(seconds, (int) answers.stream().filter((answer) -> answer.failed).count(),
				told ? (double) cached / tokens : Double.NaN);
	}

	/** Returns the message of the first failure of each type. */
	Map<String, String> failures() {
		return new TreeMap<>(this.failures);
	}

	/** Makes calls that let both sides load their classes and open connections. */
	private void warmUp() {
		Flux.range(1, WARM_UP_CALLS)
			.flatMap((n) -> call(new Trace.Request(0, Trace.BLOCK / 2, 4, new long[] { -n }), new Answer()),
					WARM_UP_CALLS / 10)
			.blockLast(LONGEST);
	}

	private Mono<Answer> counted(Trace.Request request) {
		return Mono.defer(() -> {
			Answer answer = new Answer();
			return call(request, answer).thenReturn(answer).onErrorResume((ex) -> {
				this.failures.putIfAbsent(ex.getClass().getSimpleName(), String.valueOf(ex.getMessage()));
				return Mono.just(answer.failed());
			});
		});
	}

	private Mono<Void> call(Trace.Request request, Answer answer) {
		return Mono.defer(() -> {
			EasRequest call = this.client.post("/v1/completions");
			return (this.keyed ? call.hashKey(request.session()) : call).body(body(request))
				.accept(MediaType.TEXT_EVENT_STREAM)
				.retrieveFlux(Chunk.class)
				.doOnNext(answer::take)
				.then();
		});
	}

	private Map<String, Object> body(Trace.Request request) {
		Map<String, Object> body = new HashMap<>();
		body.put("model", this.model);
		body.put("prompt", prompt(request));
		body.put("max_tokens", request.outputTokens());
		body.put("ignore_eos", true);
		body.put("stream", true);
		body.put("stream_options", Map.of("include_usage", true));
		return body;
	}

	private String prompt(Trace.Request request) {
		StringBuilder prompt = new StringBuilder(CHARACTERS_PER_TOKEN * request.inputTokens());
		for (long block : request.blocks()) {
			byte[] random = new byte[3 * Trace.BLOCK * CHARACTERS_PER_TOKEN / 4];
			new Random(block ^ this.salt).nextBytes(random);
			prompt.append(new String(Base64.getEncoder().encode(random), StandardCharsets.ISO_8859_1));
		}
		prompt.setLength(Math.min(prompt.length(), CHARACTERS_PER_TOKEN * request.inputTokens()));
		return prompt.toString();
	}

	/** The measurements of a response so far. Used by one thread at a time. */
	private static final class Answer {

		private final long began = System.nanoTime();

		private double seconds = Double.POSITIVE_INFINITY;

		private boolean failed;

		private int inputTokens;

		private int cachedTokens;

		void take(Chunk chunk) {
			if (this.seconds == Double.POSITIVE_INFINITY && chunk.hasText()) {
				this.seconds = (System.nanoTime() - this.began) / 1e9;
			}
			Usage usage = chunk.usage();
			if (usage != null) {
				this.inputTokens = usage.inputTokens();
				this.cachedTokens = (usage.details() != null) ? usage.details().cachedTokens() : 0;
			}
		}

		Answer failed() {
			this.failed = true;
			return this;
		}

	}

	private record Chunk(@Nullable List<Choice> choices, @Nullable Usage usage) {

		boolean hasText() {
			return this.choices != null && this.choices.stream().anyMatch(Choice::hasText);
		}

	}

	private record Choice(@Nullable String text) {

		boolean hasText() {
			return this.text != null && !this.text.isEmpty();
		}

	}

	private record Usage(@JsonProperty("prompt_tokens") int inputTokens,
			@JsonProperty("prompt_tokens_details") @Nullable Details details) {
	}

	private record Details(@JsonProperty("cached_tokens") int cachedTokens) {
	}

}
