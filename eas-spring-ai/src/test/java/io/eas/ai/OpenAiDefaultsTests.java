package io.eas.ai;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What models of Spring AI have by default if their base URL is that of an alias.
 */
class OpenAiDefaultsTests {

	private final MockEnvironment environment = new MockEnvironment()
		.withProperty("eas.services.llm.service-name", "qwen_chat")
		.withProperty("spring.ai.openai.base-url", "http://llm/v1");

	private void process() {
		new OpenAiDefaults().postProcessEnvironment(this.environment, new SpringApplication());
	}

	private String property(String key) {
		return this.environment.getProperty("spring.ai.openai." + key);
	}

	@Test
	void noKeyIsNeededAndTheLibraryDoesNotRetry() {
		process();
		assertThat(property("chat.api-key")).isEmpty();
		assertThat(property("chat.max-retries")).isEqualTo("0");
		assertThat(property("embedding.api-key")).isEmpty();
		assertThat(property("audio.speech.max-retries")).isEqualTo("0");
		assertThat(property("api-key")).isNull();
	}

	@Test
	void whatTheApplicationSetsWins() {
		this.environment.withProperty("spring.ai.openai.api-key", "abc")
			.withProperty("spring.ai.openai.chat.max-retries", "5");
		process();
		assertThat(property("chat.api-key")).isNull();
		assertThat(property("chat.max-retries")).isEqualTo("5");
		assertThat(property("embedding.max-retries")).isEqualTo("0");
	}

	@Test
	void modelWithABaseUrlOfItsOwnIsJudgedByIt() {
		this.environment.withProperty("spring.ai.openai.embedding.base-url", "https://api.openai.com/v1");
		process();
		assertThat(property("chat.max-retries")).isEqualTo("0");
		assertThat(property("embedding.max-retries")).isNull();
		assertThat(property("embedding.api-key")).isNull();
	}

	@Test
	void unresolvablePlaceholdersAreLeftToWhoeverNeedsTheProperty() {
		this.environment.withProperty("spring.ai.openai.image.base-url", "${IMAGE_URL}")
			.withProperty("spring.ai.openai.embedding.api-key", "${EMBEDDING_KEY}")
			.withProperty("spring.ai.openai.embedding.max-retries", "${EMBEDDING_RETRIES}");
		process();
		assertThat(property("chat.max-retries")).isEqualTo("0");
		assertThat(property("image.max-retries")).isNull();
		assertThat(this.environment.getPropertySources()
			.get("easOpenAiDefaults")
			.containsProperty("spring.ai.openai.embedding.api-key")).isFalse();
	}

	@Test
	void nothingIsSetWhereTheStarterIsOff() {
		this.environment.withProperty("eas.enabled", "false");
		process();
		assertThat(property("chat.api-key")).isNull();
		assertThat(property("chat.max-retries")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://llm/v1", "http://llm:8080/v1", "http://other/v1", "http://a b/v1", "" })
	void otherHostsAreLeftAlone(String url) {
		this.environment.withProperty("spring.ai.openai.base-url", url);
		process();
		assertThat(property("chat.max-retries")).isNull();
		assertThat(this.environment.getPropertySources().contains("easOpenAiDefaults")).isFalse();
	}

}
