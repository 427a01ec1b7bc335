package io.eas.ai;

import io.eas.autoconfigure.EasAutoConfiguration;
import io.eas.client.EasClients;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration of Spring AI's OpenAI models: a base URL such as
 * {@code http://llm/v1} reaches the instances of the service with the alias {@code llm}.
 * Models that the application builds itself must be given the customizer, which is a
 * bean.
 */
@AutoConfiguration(after = EasAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass(OpenAiHttpClientBuilderCustomizer.class)
@ConditionalOnBean(EasClients.class)
public final class EasOpenAiAutoConfiguration {

	EasOpenAiAutoConfiguration() {
	}

	/**
	 * Creates the customizer, which is the last one, so that the application's
	 * interceptors see all calls.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	OpenAiHttpClientBuilderCustomizer easOpenAiHttpClient(EasClients clients, ObjectProvider<MeterRegistry> meters) {
		AliasInterceptor interceptor = new AliasInterceptor(clients, SingletonSupplier.ofNullable(meters::getIfUnique));
		return (builder) -> builder.interceptor(interceptor);
	}

}
