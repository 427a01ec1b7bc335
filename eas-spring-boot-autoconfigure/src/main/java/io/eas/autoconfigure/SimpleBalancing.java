package io.eas.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.eas.loadbalanced.AttemptLifecycle;
import io.eas.loadbalanced.EasLoadBalancer;
import io.eas.loadbalanced.WebClientAttempts;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerClientRequestTransformer;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.client.loadbalancer.reactive.RetryableLoadBalancerExchangeFilterFunction;
import org.springframework.context.ApplicationContext;

/**
 * Tests whether Spring Cloud LoadBalancer only picks an instance for an alias. This is
 * true if it uses the load balancer of the starter, doesn't retry, doesn't change the
 * request, and calls no callbacks except those of the starter. The result is computed
 * once per alias. Thread-safe.
 */
final class SimpleBalancing implements Predicate<String> {

	private final ApplicationContext context;

	private final Map<String, Boolean> known = new ConcurrentHashMap<>();

	SimpleBalancing(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public boolean test(String alias) {
		Boolean simple = this.known.get(alias);
		return (simple != null) ? simple : found(alias);
	}

	/**
	 * Computes the result without a lock, since the computation may start the context of
	 * the alias.
	 */
	private boolean found(String alias) {
		boolean simple = isSimple(alias);
		this.known.put(alias, simple);
		return simple;
	}

	@SuppressWarnings("unchecked") // the only type of factory in use
	private boolean isSimple(String alias) {
		ReactiveLoadBalancer.Factory<ServiceInstance> balancers = this.context
			.getBean(ReactiveLoadBalancer.Factory.class);
		return balancers.getInstance(alias) instanceof EasLoadBalancer
				&& balancers.getInstances(alias, LoadBalancerLifecycle.class)
					.values()
					.stream()
					.allMatch(AttemptLifecycle.class::isInstance)
				&& !balancers.getProperties(alias).getStickySession().isAddServiceInstanceCookie()
				&& this.context.getBeansOfType(LoadBalancerClientRequestTransformer.class)
					.values()
					.stream()
					.allMatch(WebClientAttempts.class::isInstance)
				&& this.context.getBeanNamesForType(RetryableLoadBalancerExchangeFilterFunction.class).length == 0;
	}

}
