package io.eas.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.eas.emulator.llm.EngineSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * What a language model in this JVM answers, over sockets.
 */
class LlmInstanceTests {

	private static final String PREFIX = "/api/predict/chat";

	private static final String CHAT = PREFIX + "/v1/chat/completions";

	/** Nothing is ever computed. */
	private static final Consumer<EngineSettings.Builder> STUCK = (engine) -> engine.prefillRate(1e-6);

	private EasEmulator eas = start((engine) -> {
	});

	private static EasEmulator start(Consumer<EngineSettings.Builder> engine) {
		return EasEmulator.builder()
			.service("chat", (service) -> service.instance((instance) -> instance.llm("qwen", (settings) -> {
				settings.prefillRate(1e6).step(Duration.ofMillis(1), Duration.ZERO);
				engine.accept(settings);
			})))
			.build()
			.start();
	}

	@AfterEach
	void close() {
		this.eas.close();
	}

	private void restart(Consumer<EngineSettings.Builder> engine) {
		this.eas.close();
		this.eas = start(engine);
	}

	private EmulatedInstance instance() {
		return this.eas.service("chat").instance(0);
	}

	private static ObjectNode question(String text) {
		ObjectNode question = JsonMapper.shared().createObjectNode().put("model", "qwen");
		question.putArray("messages").addObject().put("role", "user").put("content", text);
		return question;
	}

	private HttpResponse<String> post(String uri, ObjectNode body) throws IOException, InterruptedException {
		return Http.post(instance().address(), uri, body.toString());
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	private JsonNode chat(ObjectNode question) throws IOException, InterruptedException {
		HttpResponse<String> response = post(CHAT, question);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return json(response);
	}

	/** The data of all events. */
	private List<String> events(String uri, ObjectNode question) throws IOException, InterruptedException {
		HttpResponse<String> response = post(uri, question.put("stream", true));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
		assertThat(response.body()).endsWith("\n\n");
		return response.body().lines().filter((line) -> !line.isEmpty()).map((line) -> {
			assertThat(line).startsWith("data: ");
			return line.substring("data: ".length());
		}).toList();
	}

	private static List<JsonNode> chunks(List<String> events) {
		assertThat(events).endsWith("[DONE]");
		return events.subList(0, events.size() - 1).stream().map(JsonMapper.shared()::readTree).toList();
	}

	private String metrics() throws IOException, InterruptedException {
		return Http.get(instance().address(), PREFIX + "/metrics").body();
	}

	private CompletableFuture<HttpResponse<InputStream>> stream(ObjectNode question) {
		return HttpClient.newHttpClient()
			.sendAsync(Http.request(instance().address(), CHAT)
				.POST(BodyPublishers.ofString(question.put("stream", true).toString()))
				.build(), BodyHandlers.ofInputStream());
	}

	@Test
	void chatIsAnsweredWithTheSameWordsEachTime() throws Exception {
		JsonNode answer = chat(question("hello"));
		assertThat(answer.path("object").asString()).isEqualTo("chat.completion");
		assertThat(answer.path("model").asString()).isEqualTo("qwen");
		assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
		assertThat(answer.at("/choices/0/message/role").asString()).isEqualTo("assistant");
		String text = answer.at("/choices/0/message/content").asString();
		assertThat(text.split(" ")).hasSize(answer.at("/usage/completion_tokens").asInt()).hasSizeBetween(16, 64);
		assertThat(chat(question("hello")).at("/choices/0/message/content").asString()).isEqualTo(text);
		assertThat(chat(question("goodbye")).at("/choices/0/message/content").asString()).isNotEqualTo(text);
	}

	@Test
	void streamHasAnEventForEachToken() throws Exception {
		String text = chat(question("hello")).at("/choices/0/message/content").asString();
		List<JsonNode> chunks = chunks(events(CHAT, question("hello")));
		assertThat(chunks).hasSize(text.split(" ").length + 2)
			.allSatisfy((chunk) -> assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk"));
		assertThat(chunks.get(0).at("/choices/0/delta/role").asString()).isEqualTo("assistant");
		assertThat(chunks.stream().map((chunk) -> chunk.at("/choices/0/delta/content").asString("")))
			.as("text in parts")
			.satisfies((parts) -> assertThat(String.join("", parts)).isEqualTo(text));
		assertThat(chunks.get(chunks.size() - 1).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
		assertThat(chunks).noneSatisfy((chunk) -> assertThat(chunk.has("usage")).isTrue());
	}

	@Test
	void streamEndsWithItsUsageWhereAskedFor() throws Exception {
		ObjectNode question = question("hello").put("max_tokens", 3);
		question.putObject("stream_options").put("include_usage", true);
		List<JsonNode> chunks = chunks(events(CHAT, question));
		JsonNode last = chunks.get(chunks.size() - 1);
		assertThat(last.path("choices").size()).isZero();
		assertThat(last.at("/usage/completion_tokens").asInt()).isEqualTo(3);
		assertThat(last.at("/usage/total_tokens").asInt()).isEqualTo(last.at("/usage/prompt_tokens").asInt() + 3);
		assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asString()).isEqualTo("length");
	}

	@Test
	void textIsCompleted() throws Exception {
		ObjectNode question = JsonMapper.shared()
			.createObjectNode()
			.put("model", "qwen")
			.put("prompt", "Once upon")
			.put("max_tokens", 100)
			.put("ignore_eos", true);
		JsonNode answer = json(post(PREFIX + "/v1/completions", question));
		assertThat(answer.path("object").asString()).isEqualTo("text_completion");
		assertThat(answer.at("/choices/0/text").asString().split(" ")).hasSize(100);
		assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
		List<JsonNode> chunks = chunks(events(PREFIX + "/v1/completions", question));
		assertThat(chunks).hasSize(101);
		assertThat(chunks.get(0).at("/choices/0/text").isString()).isTrue();
	}

	@Test
	void repeatedPromptIsFoundInTheCache() throws Exception {
		restart((engine) -> engine.blockSize(16));
		String beginning = "The same words, again and again. ".repeat(10);
		assertThat(chat(question(beginning + "a")).at("/usage/prompt_tokens_details/cached_tokens").asInt()).isZero();
		assertThat(chat(question(beginning + "b")).at("/usage/prompt_tokens_details/cached_tokens").asInt())
			.isEqualTo(80);
		assertThat(metrics()).contains("vllm:prefix_cache_hits_total{engine=\"0\",model_name=\"qwen\"} 80.0\n");
	}

	@Test
	void headersOfAStreamGoOutBeforeThePromptIsComputed() throws Exception {
		restart(STUCK);
		HttpResponse<InputStream> response = stream(question("hello")).get();
		try (InputStream body = response.body()) {
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(body.available()).isZero();
			assertThat(metrics()).contains("vllm:num_requests_running{engine=\"0\",model_name=\"qwen\"} 1.0\n")
				.contains("vllm:num_requests_waiting{engine=\"0\",model_name=\"qwen\"} 0.0\n");
		}
		await().untilAsserted(() -> assertThat(metrics())
			.contains("vllm:num_requests_running{engine=\"0\",model_name=\"qwen\"} 0.0\n"));
	}

	@Test
	void requestIsRefusedWith450WhileTheQueueIsFull() throws Exception {
		restart(STUCK.andThen((engine) -> engine.maxQueue(1)));
		try (InputStream running = stream(question("a")).get().body();
				InputStream waiting = stream(question("b")).get().body()) {
			HttpResponse<String> refused = post(CHAT, question("c").put("stream", true));
			assertThat(refused.statusCode()).isEqualTo(450);
			assertThat(json(refused).at("/error/message").asString()).isEqualTo("the queue is full: 1 requests wait");
			assertThat(metrics()).contains("vllm:num_requests_waiting{engine=\"0\",model_name=\"qwen\"} 1.0\n");
			assertThat(running).isNotNull();
			assertThat(waiting).isNotNull();
		}
	}

	@Test
	void loadIsInTheHeaderWhereAskedFor() throws Exception {
		assertThat(load("JSON"))
			.satisfies((value) -> assertThat(JsonMapper.shared().readTree(value.substring("JSON ".length())))
				.isEqualTo(JsonMapper.shared()
					.readTree("{\"named_metrics\":{\"kv_cache_usage_perc\":0.0,\"num_requests_waiting\":0.0}}")));
		assertThat(load("text"))
			.isEqualTo("TEXT named_metrics.kv_cache_usage_perc=0.0, named_metrics.num_requests_waiting=0.0");
		assertThat(load("BIN")).isEmpty();
	}

	private String load(String format) throws IOException, InterruptedException {
		return Http
			.send(Http.request(instance().address(), CHAT)
				.header("endpoint-load-metrics-format", format)
				.POST(BodyPublishers.ofString(question("hello").toString())))
			.headers()
			.firstValue("endpoint-load-metrics")
			.orElse("");
	}

	@Test
	void embeddingsHaveLengthOneAndAreTheSameForTheSameText() throws Exception {
		ObjectNode question = JsonMapper.shared().createObjectNode().put("model", "qwen").put("dimensions", 8);
		question.putArray("input").add("one").add("two").add("one");
		JsonNode answer = json(post(PREFIX + "/v1/embeddings", question));
		assertThat(answer.path("data").size()).isEqualTo(3);
		assertThat(answer.at("/data/0/embedding")).isEqualTo(answer.at("/data/2/embedding"))
			.isNotEqualTo(answer.at("/data/1/embedding"));
		double squares = 0;
		for (JsonNode value : answer.at("/data/1/embedding")) {
			squares += value.asDouble() * value.asDouble();
		}
		assertThat(squares).isCloseTo(1, within(1e-6));
	}

	@Test
	void modelsAndHealthAreToldWithAndWithoutThePrefix() throws Exception {
		for (String prefix : List.of(PREFIX, "")) {
			HttpResponse<String> models = Http.get(instance().address(), prefix + "/v1/models");
			assertThat(json(models).at("/data/0/id").asString()).isEqualTo("qwen");
			HttpResponse<String> health = Http.get(instance().address(), prefix + "/health");
			assertThat(health.statusCode()).isEqualTo(200);
			assertThat(health.body()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					{"model":"gpt"}                                       | 404 | the model `gpt` does not exist, but `qwen`
					{"model":"qwen"}                                      | 400 | messages must be a list of one message or more
					{"model":"qwen","messages":[{"content":"a"}]}         | 400 | each message must have a role, not {"content":"a"}
					{"model":"qwen","max_tokens":0}                       | 400 | max_tokens must be a number from 1 to 1000000, was 0
					{"model":"qwen","max_tokens":1000001}                 | 400 | max_tokens must be a number from 1 to 1000000, was 1000001
					{"model":"qwen","n":2}                                | 400 | n must be 1: there is one choice for each prompt
					[]                                                    | 400 | the body is no JSON object
					""")
	void whatCannotBeServedIsRefusedInOpenAisWords(String body, int status, String message) throws Exception {
		HttpResponse<String> response = Http.post(instance().address(), CHAT, body);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(json(response).at("/error/message").asString()).isEqualTo(message);
		assertThat(json(response).at("/error/code").asInt()).isEqualTo(status);
	}

	@Test
	void unknownPathIsNamedWithTheKnownOnes() throws Exception {
		HttpResponse<String> response = Http.get(instance().address(), CHAT);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(json(response).at("/error/message").asString()).startsWith("there is no GET " + CHAT + ", but POST");
	}

	@Test
	void frozenEngineStandsStillInMidStreamAndGoesOnOnceThawed() throws Exception {
		restart((engine) -> engine.step(Duration.ofMillis(20), Duration.ZERO));
		ObjectNode question = question("hello").put("stream", true).put("max_tokens", 5000).put("ignore_eos", true);
		try (RawCall call = new RawCall(instance().port()).post(CHAT, question.toString())) {
			assertThat(call.read(12)).isEqualTo("HTTP/1.1 200");
			instance().freeze();
			boolean silent = false;
			for (int i = 0; i < 100_000 && !silent; i++) {
				silent = call.staysSilent(500); // else it has read a byte that was on its
												// way
			}
			assertThat(silent).isTrue();
			instance().thaw();
			assertThat(call.read(100)).contains("data: {");
		}
	}

	@Test
	void restartedInstanceHasForgottenItsCache() throws Exception {
		restart((engine) -> engine.blockSize(1));
		chat(question("hello"));
		instance().restart();
		// takes the kept connection that the restart has closed: the JDK's client tries a
		// GET again, and no POST
		assertThat(Http.get(instance().address(), "/health").statusCode()).isEqualTo(200);
		assertThat(chat(question("hello")).at("/usage/prompt_tokens_details/cached_tokens").asInt()).isZero();
	}

}
