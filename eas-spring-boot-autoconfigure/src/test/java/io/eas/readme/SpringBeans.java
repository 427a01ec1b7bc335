package io.eas.readme;

import java.util.Comparator;

import io.eas.event.EasEvent;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Beans that an application may declare, as the guide shows them. No configuration: the
 * other examples do without.
 */
final class SpringBeans {

	private final Logger log = LoggerFactory.getLogger(SpringBeans.class);

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

	@EventListener
	void ejected(EasEvent.InstanceEjected event) {
		this.log.warn("{} lost {}: {}", event.service(), event.instance().address(), event.reason());
	}

	@Bean
	ReactorResourceFactory reactorResourceFactory() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		return resources;
	}

}
