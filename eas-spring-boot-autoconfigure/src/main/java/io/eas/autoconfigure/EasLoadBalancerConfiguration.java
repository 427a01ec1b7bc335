package io.eas.autoconfigure;

import java.util.Arrays;

import io.eas.loadbalanced.AttemptLifecycle;
import io.eas.loadbalanced.EasInstanceListSupplier;
import io.eas.loadbalanced.EasLoadBalancer;
import io.eas.service.EasService;
import io.eas.service.EasServices;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The load balancer of a service, in the context that Spring Cloud LoadBalancer creates
 * for its alias. A load balancer or list supplier that the application configures for
 * this alias replaces the bean of this class. Beans that the application configures as
 * defaults for all names don't replace it. This class has no {@code @Configuration}
 * annotation, since a component scan must not find it. It is public for code that is
 * generated ahead of time.
 */
public final class EasLoadBalancerConfiguration {

	private static final String BALANCER = "easLoadBalancer";

	private static final String LIST = "easInstanceListSupplier";

	EasLoadBalancerConfiguration() {
	}

	/**
	 * Makes the beans of this class the only primary ones, since the application's
	 * default beans may be primary too.
	 */
	@Bean
	static BeanFactoryPostProcessor easLoadBalancerPreference() {
		return (beans) -> {
			prefer(BALANCER, ReactiveLoadBalancer.class, beans);
			prefer(LIST, ServiceInstanceListSupplier.class, beans);
		};
	}

	private static void prefer(String name, Class<?> type, ConfigurableListableBeanFactory beans) {
		if (beans.containsBeanDefinition(name)) {
			Arrays.stream(beans.getBeanNamesForType(type, true, false))
				.forEach((other) -> beans.getBeanDefinition(other).setPrimary(other.equals(name)));
		}
	}

	@Bean(BALANCER)
	@ConditionalOnMissingBean(value = { ReactiveLoadBalancer.class, ServiceInstanceListSupplier.class },
			search = SearchStrategy.CURRENT)
	EasLoadBalancer easLoadBalancer(Environment environment, EasServices services) {
		EasService service = services.service(LoadBalancerClientFactory.getName(environment));
		return new EasLoadBalancer(service.name(), service.source(), service.selector(), service.hashHeader(),
				service::requestTimeout);
	}

	@Bean
	AttemptLifecycle easAttemptLifecycle(Environment environment, EasServices services) {
		EasService service = services.service(LoadBalancerClientFactory.getName(environment));
		return new AttemptLifecycle(service.selector(), service::rules);
	}

	@Bean(LIST)
	@ConditionalOnMissingBean(value = ServiceInstanceListSupplier.class, search = SearchStrategy.CURRENT)
	EasInstanceListSupplier easInstanceListSupplier(Environment environment, EasServices services) {
		EasService service = services.service(LoadBalancerClientFactory.getName(environment));
		return new EasInstanceListSupplier(service.name(), service.source());
	}

}
