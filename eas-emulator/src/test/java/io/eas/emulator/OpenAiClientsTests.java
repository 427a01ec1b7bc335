package io.eas.emulator;

import java.time.Duration;
import java.util.List;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * OpenAI's own library for Java, and Spring AI, are served as they are.
 */
class OpenAiClientsTests {

	private final EasEmulator eas = EasEmulator.builder()
		.service("qwen_chat",
				(service) -> service.token("abc")
					.instance((instance) -> instance.llm("qwen",
							(engine) -> engine.prefillRate(1e6).step(Duration.ofMillis(1), Duration.ZERO))))
		.build()
		.start();

	private final String baseUrl = "http://" + this.eas.endpoint() + "/api/predict/qwen_chat/v1";

	private final OpenAIClient client = client("abc");

	private OpenAIClient client(String token) {
		return OpenAIOkHttpClient.builder().baseUrl(this.baseUrl).apiKey(token).maxRetries(0).build();
	}

	private OpenAiChatModel springAi() {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder().baseUrl(this.baseUrl).apiKey("abc").model("qwen").build())
			.build();
	}

	private static ChatCompletionCreateParams.Builder question() {
		return ChatCompletionCreateParams.builder().model("qwen").addSystemMessage("Be brief.").addUserMessage("你好");
	}

	private static String text(ChatCompletion answer) {
		return answer.choices().get(0).message().content().orElseThrow();
	}

	@AfterEach
	void close() {
		this.client.close();
		this.eas.close();
	}

	@Test
	void chatIsAnswered() {
		ChatCompletion answer = this.client.chat().completions().create(question().maxCompletionTokens(5).build());
		answer.validate();
		assertThat(text(answer).split(" ")).hasSize(5);
		assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(5);
		assertThat(answer.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
	}

	@Test
	void chatIsStreamed() {
		ChatCompletionCreateParams question = question()
			.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
			.build();
		ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
		try (StreamResponse<ChatCompletionChunk> stream = this.client.chat().completions().createStreaming(question)) {
			stream.stream().peek(ChatCompletionChunk::validate).forEach(accumulator::accumulate);
		}
		ChatCompletion whole = this.client.chat().completions().create(question().build());
		assertThat(text(accumulator.chatCompletion())).isEqualTo(text(whole));
		assertThat(accumulator.chatCompletion().usage().orElseThrow().completionTokens())
			.isEqualTo(whole.usage().orElseThrow().completionTokens());
	}

	@Test
	void streamThatIsSplitInsideOfCharactersIsRead() {
		String whole = text(this.client.chat().completions().create(question().build()));
		this.eas.service("qwen_chat").instance(0).split();
		ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
		try (StreamResponse<ChatCompletionChunk> stream = this.client.chat()
			.completions()
			.createStreaming(question().build())) {
			stream.stream().forEach(accumulator::accumulate);
		}
		assertThat(text(accumulator.chatCompletion())).isEqualTo(whole);
	}

	@Test
	void textIsCompleted() {
		CompletionCreateParams question = CompletionCreateParams.builder()
			.model("qwen")
			.prompt("Once upon")
			.maxTokens(7)
			.build();
		assertThat(this.client.completions().create(question).validate().choices().get(0).text().split(" ")).hasSize(7);
	}

	@Test
	void textsAreEmbedded() {
		EmbeddingCreateParams question = EmbeddingCreateParams.builder()
			.model("qwen")
			.inputOfArrayOfStrings(List.of("one", "two"))
			.dimensions(16)
			.build();
		assertThat(this.client.embeddings().create(question).validate().data()).hasSize(2)
			.allSatisfy((each) -> assertThat(each.embedding()).hasSize(16));
	}

	@Test
	void numbersOfAnEmbeddingAreTheSameInBothEncodings() {
		EmbeddingCreateParams.Builder question = EmbeddingCreateParams.builder().model("qwen").input("one");
		List<Float> numbers = this.client.embeddings()
			.create(question.encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT).build())
			.data()
			.get(0)
			.embedding();
		assertThat(this.client.embeddings()
			.create(question.encodingFormat(EmbeddingCreateParams.EncodingFormat.BASE64).build())
			.data()
			.get(0)
			.embedding()).isEqualTo(numbers);
	}

	@Test
	void modelIsListed() {
		assertThat(this.client.models().list().data()).extracting(Model::id).containsExactly("qwen");
	}

	@Test
	void errorsAreUnderstood() {
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> this.client.chat().completions().create(question().model("gpt").build()))
			.withMessageContaining("the model `gpt` does not exist");
		OpenAIClient stranger = client("wrong");
		assertThatExceptionOfType(UnauthorizedException.class).isThrownBy(() -> stranger.models().list());
		stranger.close();
	}

	@Test
	void chatOfSpringAiIsAnswered() {
		ChatResponse answer = springAi().call(new Prompt("你好"));
		assertThat(answer.getResult().getOutput().getText()).isNotBlank();
		assertThat(answer.getMetadata().getUsage().getCompletionTokens()).isBetween(16, 64);
	}

	@Test
	void chatOfSpringAiIsStreamed() {
		OpenAiChatModel chat = springAi();
		List<String> parts = chat.stream("你好").collectList().block(Duration.ofSeconds(60));
		assertThat(parts).hasSizeGreaterThan(15);
		assertThat(String.join("", parts)).isEqualTo(chat.call("你好"));
	}

	@Test
	void textsOfSpringAiAreEmbedded() {
		OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder()
			.options(OpenAiEmbeddingOptions.builder().baseUrl(this.baseUrl).apiKey("abc").model("qwen").build())
			.build();
		assertThat(model.embed("one")).hasSize(64);
	}

}
