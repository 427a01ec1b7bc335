package io.eas.autoconfigure;

import io.eas.loadbalanced.InstanceCredentials;
import io.eas.loadbalanced.WebClientAttempts;
import io.eas.loadbalanced.WebClientBalancer;
import io.eas.service.EasServices;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerClientRequestTransformer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration that balances and tracks the calls of load-balanced
 * {@code WebClient}s.
 */
@AutoConfiguration(after = EasAutoConfiguration.class)
@ConditionalOnClass({ WebClient.class, LoadBalancerClientRequestTransformer.class })
@ConditionalOnBean(EasServices.class)
public final class EasWebClientAutoConfiguration {

	EasWebClientAutoConfiguration() {
	}

	@Bean
	WebClientAttempts easWebClientFlights(EasServices services, InstanceCredentials credentials) {
		return new WebClientAttempts(services, credentials);
	}

	@Bean
	WebClientBalancer easWebClientBalancer(EasServices services, InstanceCredentials credentials,
			ApplicationContext context) {
		return new WebClientBalancer(services, credentials, new SimpleBalancing(context));
	}

	/**
	 * Post-processes builders. The other beans are looked up at the first call, since a
	 * post-processor is created early.
	 */
	@Bean
	static WebClientPostProcessor easWebClientPostProcessor(ApplicationContext context,
			ObjectProvider<WebClientBalancer> balancer, ObjectProvider<WebClientAttempts> attempts) {
		return new WebClientPostProcessor(context, SingletonSupplier.of(balancer::getObject),
				SingletonSupplier.of(attempts::getObject));
	}

}
