package io.eas.autoconfigure;

import java.util.function.Supplier;

import io.eas.loadbalanced.WebClientAttempts;
import io.eas.loadbalanced.WebClientBalancer;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.reactive.DeferringLoadBalancerExchangeFilterFunction;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancedExchangeFilterFunction;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Adapts each {@code @LoadBalanced WebClient.Builder}, and the builders of HTTP
 * interfaces over a load-balanced {@code WebClient}. Their calls to EAS services are
 * tracked and, where possible, sent to instances directly. This post-processor runs after
 * Spring Cloud's own. It wraps the filter that Spring Cloud has added, and adds another
 * filter after that one.
 *
 * @param context the context with the builders
 * @param balancer sends calls to instances
 * @param attempts tracks the calls that Spring Cloud's filter sends to instances
 */
record WebClientPostProcessor(ApplicationContext context, Supplier<WebClientBalancer> balancer,
		Supplier<WebClientAttempts> attempts) implements BeanPostProcessor, WebClientHttpServiceGroupConfigurer {

	/** Runs after the configurer of Spring Cloud LoadBalancer, which has the order 10. */
	private static final int ORDER = 20;

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof WebClient.Builder builder
				&& this.context.findAnnotationOnBean(name, LoadBalanced.class) != null) {
			balance(builder);
		}
		return bean;
	}

	@Override
	public void configureGroups(Groups<WebClient.Builder> groups) {
		groups.forEachClient((group, builder) -> balance(builder));
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	private void balance(WebClient.Builder builder) {
		builder.filters((filters) -> {
			if (filters.stream().anyMatch(WebClientPostProcessor::isSprings)) {
				filters.replaceAll(this::balanced);
				filters.add((request, next) -> this.attempts.get().filter(request, next));
			}
		});
	}

	/** Returns whether a filter is that of Spring Cloud LoadBalancer. */
	static boolean isSprings(ExchangeFilterFunction filter) {
		return filter instanceof DeferringLoadBalancerExchangeFilterFunction
				|| filter instanceof LoadBalancedExchangeFilterFunction;
	}

	private ExchangeFilterFunction balanced(ExchangeFilterFunction filter) {
		return isSprings(filter) ? (request, next) -> this.balancer.get().filter(request, next, filter) : filter;
	}

}
