package io.eas.emulator.llm;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import io.eas.emulator.instance.Backend;
import io.eas.emulator.llm.LiveEngine.Generation;
import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireRequest;
import io.eas.emulator.net.WireResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A language model in this JVM that speaks OpenAI's protocol as vLLM does. It answers
 * with random words, at the speed of an {@link InferenceEngine}. An instance that dies
 * loses its cache. A frozen instance generates no tokens, not even for streams that have
 * begun.
 */
public class LlmBackend implements Backend {

	private static final int QUEUE_FULL = 450;

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final byte[] NOTHING = new byte[0];

	private final String model;

	private final LiveEngine engine;

	/**
	 * Creates a model that isn't started yet.
	 * @param model the name of the model, which requests must contain
	 * @param settings the speed and the capacity of its engine
	 * @param scheduler the scheduler of its engine
	 */
	public LlmBackend(String model, EngineSettings settings, Scheduler scheduler) {
		this.model = model;
		this.engine = new LiveEngine(settings, scheduler, System::nanoTime);
	}

	@Override
	public Mono<Void> exchange(WireRequest request, HttpServerResponse caller, ResponseWriter answer) {
		return Mono.defer(() -> route(request, answer))
			.onErrorResume(OpenAiException.class, (ex) -> ex.response().write(answer));
	}

	private Mono<Void> route(WireRequest request, ResponseWriter answer) {
		String path = request.uri().split("\\?", 2)[0];
		// the path may begin with a prefix and the name of the service
		String route = request.method() + ' ' + path.substring(Math.max(0, start(path)));
		return switch (route) {
			case "POST /v1/chat/completions" -> complete(request, true, answer);
			case "POST /v1/completions" -> complete(request, false, answer);
			case "POST /v1/embeddings" ->
				WireResponse.json(200, Embeddings.answer(this.model, body(request))).write(answer);
			case "GET /v1/models" -> WireResponse.json(200, models()).write(answer);
			case "GET /health" -> new WireResponse(200, Map.of(), NOTHING).write(answer);
			case "GET /metrics" -> new WireResponse(200, Map.of("Content-Type", "text/plain; version=0.0.4"),
					this.engine.load().metrics(this.model).getBytes(StandardCharsets.UTF_8))
				.write(answer);
			default -> throw new OpenAiException(404, "NotFoundError", "there is no " + request.method() + ' ' + path
					+ ", but POST /v1/chat/completions, /v1/completions and /v1/embeddings, and GET /v1/models, "
					+ "/health and /metrics", null);
		};
	}

	private static int start(String path) {
		int version = path.lastIndexOf("/v1/");
		return (version >= 0) ? version : path.lastIndexOf('/');
	}

	private ObjectNode models() {
		ObjectNode models = JSON.createObjectNode().put("object", "list");
		models.putArray("data")
			.addObject()
			.put("id", this.model)
			.put("object", "model")
			.put("created", 0)
			.put("owned_by", "eas-emulator");
		return models;
	}

	private JsonNode body(WireRequest request) {
		JsonNode body = read(request.body());
		String asked = body.path("model").asString("");
		if (!asked.equals(this.model)) {
			throw new OpenAiException(404, "NotFoundError",
					"the model `" + asked + "` does not exist, but `" + this.model + "`", "model");
		}
		return body;
	}

	private static JsonNode read(byte[] body) {
		try {
			JsonNode read = JSON.readTree(body);
			if (read.isObject()) {
				return read;
			}
		}
		catch (JacksonException ex) {
			throw OpenAiException.badRequest("the body is no JSON: " + ex.getOriginalMessage(), null);
		}
		throw OpenAiException.badRequest("the body is no JSON object", null);
	}

	private Mono<Void> complete(WireRequest request, boolean chat, ResponseWriter answer) {
		CompletionRequest asked = CompletionRequest.read(chat, body(request));
		EngineSettings settings = this.engine.settings();
		Prompt prompt = Prompt.of(asked.prompt(), settings.blockSize());
		Words words = new Words(prompt.hash());
		Generation generation = this.engine.submit(prompt, asked.outputTokens(words.length()));
		if (generation == null) {
			throw new OpenAiException(QUEUE_FULL, "ServiceUnavailableError",
					"the queue is full: " + settings.maxQueue() + " requests wait", null);
		}
		CompletionWriter writer = new CompletionWriter(chat, this.model);
		Mono<Void> written = asked.stream() ? stream(asked, generation, words, writer, answer)
				: whole(request, generation, words, writer, answer);
		return written.doFinally((signal) -> this.engine.cancel(generation));
	}

	/**
	 * Streams the answer. The headers are sent at once, before the first token is
	 * generated.
	 */
	private static Mono<Void> stream(CompletionRequest asked, Generation generation, Words words,
			CompletionWriter writer, ResponseWriter answer) {
		Flux<ObjectNode> chunks = generation.tokens().concatMapIterable((token) -> {
			ObjectNode chunk = writer.chunk(words.next(token), null);
			return (token == 0 && asked.chat()) ? List.of(writer.role(), chunk) : List.of(chunk);
		});
		Flux<ObjectNode> end = Flux.defer(() -> {
			ObjectNode last = writer.chunk("", finishReason(generation, words));
			return asked.includeUsage() ? Flux.just(last, writer.usageChunk(generation.sequence())) : Flux.just(last);
		});
		HttpHeaders headers = new DefaultHttpHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
		return Mono.from(answer.write(200, headers,
				chunks.concatWith(end)
					.map(ObjectNode::toString)
					.concatWithValues(CompletionWriter.DONE)
					.map(LlmBackend::event)));
	}

	private static ByteBuf event(String data) {
		return Unpooled.wrappedBuffer(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
	}

	private Mono<Void> whole(WireRequest request, Generation generation, Words words, CompletionWriter writer,
			ResponseWriter answer) {
		return generation.tokens()
			.collect(StringBuilder::new, (text, token) -> text.append(words.next(token)))
			.flatMap((text) -> {
				Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
				String format = request.header("endpoint-load-metrics-format");
				if (format != null) {
					this.engine.load().header(format).ifPresent((load) -> headers.put("endpoint-load-metrics", load));
				}
				ObjectNode body = writer.whole(text.toString(), finishReason(generation, words), generation.sequence());
				return new WireResponse(200, headers, JSON.writeValueAsBytes(body)).write(answer);
			});
	}

	private static String finishReason(Generation generation, Words words) {
		return (generation.sequence().outputTokens() == words.length()) ? "stop" : "length";
	}

	@Override
	public void launch(Runnable died) {
		this.engine.reset();
	}

	@Override
	public void awaitReady() {
	}

	@Override
	public void kill() {
		this.engine.reset();
	}

	@Override
	public void freeze() {
		this.engine.pause();
	}

	@Override
	public void thaw() {
		this.engine.resume();
	}

	@Override
	public void terminate() {
		this.engine.reset();
	}

	@Override
	public void awaitEnd(Duration grace) {
	}

	@Override
	public boolean isAlive() {
		return true;
	}

	@Override
	public OptionalLong pid() {
		return OptionalLong.empty();
	}

}
