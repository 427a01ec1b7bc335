package io.eas.autoconfigure;

import io.eas.loadbalanced.AuthenticatedRequestFactory;
import io.eas.properties.EasServicesBinder;
import io.eas.service.EasServices;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequestFactory;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the credentials of load-balanced {@code RestClient}s and
 * {@code RestTemplate}s, for the services whose clients send them.
 */
@AutoConfiguration(after = EasAutoConfiguration.class)
@ConditionalOnClass(LoadBalancerRequestFactory.class)
@ConditionalOnBean(EasServices.class)
public final class EasRestClientAutoConfiguration {

	EasRestClientAutoConfiguration() {
	}

	/**
	 * Leaves the application's factory as it is unless a service asks for credentials.
	 */
	@Bean
	static BeanPostProcessor easRequestFactoryPostProcessor(ObjectProvider<EasServicesBinder> binders,
			ObjectProvider<EasServices> services, ObjectProvider<LoadBalancerClient> loadBalancer) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (!(bean instanceof LoadBalancerRequestFactory factory)) {
					return bean;
				}
				EasServicesBinder binder = binders.getObject();
				boolean asked = binder.aliases()
					.stream()
					.anyMatch((alias) -> binder.bind(alias).loadBalanced().credentials());
				return asked ? new AuthenticatedRequestFactory(factory, loadBalancer.getObject(),
						EasWebClientAutoConfiguration.credentials(services.getObject(), binder)) : bean;
			}

		};
	}

}
