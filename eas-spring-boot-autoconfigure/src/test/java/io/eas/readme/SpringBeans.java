package io.eas.readme;

import java.util.Comparator;

import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;

import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Beans that an application may declare, as the guide shows them. No configuration: the
 * other examples do without.
 */
final class SpringBeans {

	@Bean
	@LoadBalanced
	WebClient.Builder loadBalanced() {
		return WebClient.builder();
	}

	@Bean
	InstancePicker.Factory fewestCalls() {
		return (candidates) -> (tried, hashKey) -> candidates.states()
			.stream()
			.filter((state) -> candidates.admits(state) && !tried.contains(state.instance()))
			.min(Comparator.comparingInt(InstanceState::inFlight))
			.orElse(candidates.states().get(0));
	}

	@Bean
	ReactorResourceFactory reactorResourceFactory() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		return resources;
	}

}
