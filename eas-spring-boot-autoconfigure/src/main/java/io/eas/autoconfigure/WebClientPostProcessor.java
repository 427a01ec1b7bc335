package io.eas.autoconfigure;

import java.util.function.Supplier;

import io.eas.loadbalanced.WebClientAttempts;
import io.eas.loadbalanced.WebClientBalancer;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.reactive.DeferringLoadBalancerExchangeFilterFunction;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancedExchangeFilterFunction;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Has the calls of each {@code @LoadBalanced WebClient.Builder} to our services balanced
 * without detours, and watched. Comes after the processor of Spring Cloud that has all
 * its calls balanced: before the filter that this one has added, and behind it.
 *
 * @param context has the builders
 * @param balancer sends calls to instances
 * @param attempts watches calls that Spring Cloud's filter has sent to instances
 */
record WebClientPostProcessor(ApplicationContext context, Supplier<WebClientBalancer> balancer,
		Supplier<WebClientAttempts> attempts) implements BeanPostProcessor {

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof WebClient.Builder builder
				&& this.context.findAnnotationOnBean(name, LoadBalanced.class) != null) {
			builder.filters((filters) -> filters.replaceAll(this::balanced));
			builder.filter((ClientRequest request, ExchangeFunction next) -> this.attempts.get().filter(request, next));
		}
		return bean;
	}

	private ExchangeFilterFunction balanced(ExchangeFilterFunction filter) {
		boolean springs = filter instanceof DeferringLoadBalancerExchangeFilterFunction
				|| filter instanceof LoadBalancedExchangeFilterFunction;
		return springs ? (request, next) -> this.balancer.get().filter(request, next, filter) : filter;
	}

}
