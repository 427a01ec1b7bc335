package io.eas.benchmarks.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eas.benchmarks.load.Outcome;
import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An {@link EasClient} in an application of its own, created by the complete
 * auto-configuration.
 */
public final class EasCaller implements Client {

	private final ConfigurableApplicationContext context;

	private final EasClient client;

	private EasCaller(List<String> properties) {
		this.context = Application.start(EasApplication.class, properties);
		this.client = this.context.getBean(EasClient.class);
	}

	/**
	 * Creates a client of a fixed list of instances.
	 * @param addresses the instances, {@code host:port}
	 * @param timeouts the timeouts of the client
	 * @param properties further properties, {@code eas.key=value}
	 * @return the client, ready to call
	 */
	public static EasCaller of(List<String> addresses, Timeouts timeouts, List<String> properties) {
		return start(timeouts, fixed(addresses), properties);
	}

	/**
	 * Creates a client of a fixed list of instances with default settings.
	 * @param addresses the instances, {@code host:port;weight}
	 * @return the client, ready to call
	 */
	public static EasCaller of(List<String> addresses) {
		return new EasCaller(fixed(addresses));
	}

	static List<String> fixed(List<String> addresses) {
		return List.of("eas.auth.scheme=none", "eas.services.echo.mode=static",
				"eas.services.echo.instances=" + String.join(",", addresses));
	}

	/**
	 * Creates a client that may poll discovery more often than EAS allows.
	 * @param endpoint the address of discovery, {@code host:port}
	 * @param interval the time between two polls
	 * @param timeouts the timeouts of the client
	 * @param properties further properties, {@code eas.key=value}
	 * @return the client, ready to call
	 */
	public static EasCaller of(String endpoint, Duration interval, Timeouts timeouts, List<String> properties) {
		return start(timeouts,
				List.of("eas.auth.scheme=none", "eas.endpoint=" + endpoint, "eas.services.echo.service-name=echo",
						"eas.discovery.allowed-networks=127.0.0.0/8", "eas.discovery.allow-any-interval=true",
						"eas.discovery.interval=" + interval.toMillis() + "ms"),
				properties);
	}

	private static EasCaller start(Timeouts timeouts, List<String> where, List<String> more) {
		return new EasCaller(properties(timeouts, where, more));
	}

	/**
	 * Returns the properties of a client.
	 */
	static List<String> properties(Timeouts timeouts, List<String> where, List<String> more) {
		List<String> properties = new ArrayList<>(List.of("eas.retry.max-attempts=" + Timeouts.ATTEMPTS,
				"eas.http.connect-timeout=" + timeouts.connect().toMillis() + "ms",
				"eas.http.response-timeout=" + timeouts.response().toMillis() + "ms"));
		properties.addAll(where);
		properties.addAll(more);
		return properties;
	}

	@Override
	public Mono<Outcome> call() {
		return Mono.defer(() -> this.client.post("").body(Body.BYTES).toEntity(byte[].class))
			.map((answer) -> Outcome.answered(answer.attempts()))
			.onErrorResume((failure) -> Mono.just(new Outcome(attempts(failure), failure)));
	}

	/**
	 * Makes a call with the body {@link Body#BYTES} and blocks until it ends.
	 * @return the outcome of the call
	 */
	public Outcome await() {
		try {
			return Outcome.answered(this.client.blocking().post("").body(Body.BYTES).toEntity(byte[].class).attempts());
		}
		catch (EasException ex) {
			return new Outcome(ex.attempt(), ex);
		}
	}

	private static int attempts(Throwable failure) {
		return (failure instanceof EasException known) ? known.attempt() : 0;
	}

	/**
	 * Returns the load balancer from which {@code WebClient} gets instances.
	 * @return the service's load balancer
	 */
	@SuppressWarnings("unchecked") // there is only one type
	public ReactorLoadBalancer<ServiceInstance> loadBalancer() {
		return this.context.getBean(LoadBalancerClientFactory.class).getInstance("echo", ReactorLoadBalancer.class);
	}

	/**
	 * Returns the application's meter registry.
	 * @return the registry
	 */
	public MeterRegistry meters() {
		return this.context.getBean(MeterRegistry.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** An application with the complete auto-configuration and nothing else. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class EasApplication {

	}

}
