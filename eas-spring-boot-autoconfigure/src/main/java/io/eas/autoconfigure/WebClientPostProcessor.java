package io.eas.autoconfigure;

import io.eas.client.WebClientFlights;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Has the calls of each {@code @LoadBalanced WebClient.Builder} watched. Comes after the
 * processor of Spring Cloud that has them load-balanced, and so behind its filter.
 *
 * @param context has the builders
 * @param flights watches calls; looked up with the first one
 */
record WebClientPostProcessor(ApplicationContext context,
		ObjectProvider<WebClientFlights> flights) implements BeanPostProcessor {

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof WebClient.Builder builder
				&& this.context.findAnnotationOnBean(name, LoadBalanced.class) != null) {
			builder.filter(
					(ClientRequest request, ExchangeFunction next) -> this.flights.getObject().filter(request, next));
		}
		return bean;
	}

}
