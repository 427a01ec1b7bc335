package io.eas.autoconfigure;

import io.eas.client.EasServices;
import io.eas.client.WebClientFlights;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerClientRequestTransformer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration of what watches the calls of a load-balanced {@code WebClient}.
 */
@AutoConfiguration(after = EasAutoConfiguration.class)
@ConditionalOnClass({ WebClient.class, LoadBalancerClientRequestTransformer.class })
@ConditionalOnBean(EasServices.class)
public final class EasWebClientAutoConfiguration {

	EasWebClientAutoConfiguration() {
	}

	@Bean
	WebClientFlights easWebClientFlights(EasServices services) {
		return new WebClientFlights(services);
	}

	@Bean
	static BeanPostProcessor easWebClientPostProcessor(ApplicationContext context,
			ObjectProvider<WebClientFlights> flights) {
		return new WebClientPostProcessor(context, flights);
	}

}
