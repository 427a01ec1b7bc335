package io.eas.autoconfigure;

import io.eas.loadbalanced.AuthenticatedRequestFactory;
import io.eas.loadbalanced.InstanceCredentials;
import io.eas.service.EasServices;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequestFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration that adds credentials to the calls of load-balanced
 * {@code RestClient}s and {@code RestTemplate}s, for services with
 * {@code load-balanced.credentials=true}.
 */
@AutoConfiguration(after = EasAutoConfiguration.class)
@ConditionalOnClass(LoadBalancerRequestFactory.class)
@ConditionalOnBean(EasServices.class)
public final class EasRestClientAutoConfiguration {

	EasRestClientAutoConfiguration() {
	}

	/**
	 * Wraps the application's request factory even if no service has credentials turned
	 * on, since a refresh may turn them on.
	 */
	@Bean
	static BeanPostProcessor easRequestFactoryPostProcessor(ObjectProvider<InstanceCredentials> credentials,
			ObjectProvider<LoadBalancerClient> loadBalancer) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof LoadBalancerRequestFactory factory) ? new AuthenticatedRequestFactory(factory,
						loadBalancer.getObject(), SingletonSupplier.of(credentials::getObject)) : bean;
			}

		};
	}

}
