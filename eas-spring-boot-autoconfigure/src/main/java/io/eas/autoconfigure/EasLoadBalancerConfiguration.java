package io.eas.autoconfigure;

import io.eas.loadbalanced.AttemptLifecycle;
import io.eas.loadbalanced.EasInstanceListSupplier;
import io.eas.loadbalanced.EasLoadBalancer;
import io.eas.service.EasService;
import io.eas.service.EasServices;

import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The load balancer of one service, in the context that Spring Cloud LoadBalancer makes
 * for its alias. Deliberately no {@code @Configuration}: a component scan must not find
 * it.
 */
final class EasLoadBalancerConfiguration {

	@Bean
	EasLoadBalancer easLoadBalancer(Environment environment, EasServices services) {
		EasService service = services.service(LoadBalancerClientFactory.getName(environment));
		return new EasLoadBalancer(service.name(), service.source(), service.selector(), service.hashHeader(),
				service.requestTimeout());
	}

	@Bean
	AttemptLifecycle easAttemptLifecycle(Environment environment, EasServices services) {
		EasService service = services.service(LoadBalancerClientFactory.getName(environment));
		return new AttemptLifecycle(service.selector(), service.rules());
	}

	@Bean
	EasInstanceListSupplier easInstanceListSupplier(Environment environment, EasServices services) {
		EasService service = services.service(LoadBalancerClientFactory.getName(environment));
		return new EasInstanceListSupplier(service.name(), service.source());
	}

}
