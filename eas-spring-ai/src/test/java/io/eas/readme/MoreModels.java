package io.eas.readme;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A second chat model, as the guide shows it.
 */
@Configuration(proxyBeanMethods = false)
class MoreModels {

	@Bean(defaultCandidate = false)
	OpenAiChatModel drafts(OpenAiHttpClientBuilderCustomizer eas) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.baseUrl("http://drafts/v1")
				.apiKey("")
				.maxRetries(0)
				.model("qwen-small")
				.build())
			.httpClientBuilderCustomizer(eas)
			.build();
	}

}
