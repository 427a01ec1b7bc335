package io.eas.readme;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A second chat model, as the guide shows it.
 */
@Configuration(proxyBeanMethods = false)
class MoreModels {

	@Bean(defaultCandidate = false)
	OpenAiChatModel drafts(ObjectProvider<OpenAiHttpClientBuilderCustomizer> customizers) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.baseUrl("http://drafts/v1")
				.apiKey("")
				.maxRetries(0)
				.model("qwen-small")
				.build())
			.httpClientBuilderCustomizers(customizers.orderedStream().toList())
			.build();
	}

}
