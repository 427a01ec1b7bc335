package io.eas.emulator;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring AI's models for OpenAI's protocol are served as they are.
 */
class SpringAiTests {

	private final EasEmulator eas = EasEmulator.builder()
		.service("qwen_chat",
				(service) -> service.token("abc")
					.instance((instance) -> instance.llm("qwen",
							(engine) -> engine.prefillRate(1e6).step(Duration.ofMillis(1), Duration.ZERO))))
		.build()
		.start();

	private final String baseUrl = "http://" + this.eas.endpoint() + "/api/predict/qwen_chat/v1";

	private final OpenAiChatModel chat = OpenAiChatModel.builder()
		.options(OpenAiChatOptions.builder().baseUrl(this.baseUrl).apiKey("abc").model("qwen").build())
		.build();

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void chatIsAnswered() {
		ChatResponse answer = this.chat.call(new Prompt("你好"));
		assertThat(answer.getResult().getOutput().getText()).isNotBlank();
		assertThat(answer.getMetadata().getUsage().getCompletionTokens()).isBetween(16, 64);
	}

	@Test
	void chatIsStreamed() {
		List<String> parts = this.chat.stream("你好").collectList().block(Duration.ofSeconds(30));
		assertThat(parts).hasSizeGreaterThan(15);
		assertThat(String.join("", parts)).isEqualTo(this.chat.call("你好"));
	}

	@Test
	void textsAreEmbedded() {
		OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder()
			.options(OpenAiEmbeddingOptions.builder().baseUrl(this.baseUrl).apiKey("abc").model("qwen").build())
			.build();
		assertThat(model.embed("one")).hasSize(64);
	}

}
