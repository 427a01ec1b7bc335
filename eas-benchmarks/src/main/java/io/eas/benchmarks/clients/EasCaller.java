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
 * An {@link EasClient} in an application of its own, with everything that the
 * auto-configuration makes of it.
 */
public final class EasCaller implements Client {

	private final ConfigurableApplicationContext context;

	private final EasClient client;

	private EasCaller(List<String> properties) {
		this.context = Application.start(EasApplication.class, properties);
		this.client = this.context.getBean(EasClient.class);
	}

	/**
	 * A client of instances that it is given.
	 * @param addresses the instances, {@code host:port}
	 * @param timeouts how long it waits
	 * @param properties more of them, {@code eas.key=value}
	 * @return the client, ready to call
	 */
	public static EasCaller of(List<String> addresses, Timeouts timeouts, List<String> properties) {
		return start(timeouts, fixed(addresses), properties);
	}

	/**
	 * A client of instances that it is given, with the settings it has by default.
	 * @param addresses the instances, {@code host:port;weight}
	 * @return the client, ready to call
	 */
	public static EasCaller of(List<String> addresses) {
		return new EasCaller(fixed(addresses));
	}

	private static List<String> fixed(List<String> addresses) {
		return List.of("eas.auth.scheme=none", "eas.services.echo.mode=static",
				"eas.services.echo.instances=" + String.join(",", addresses));
	}

	/**
	 * A client that asks discovery, more often than is allowed on EAS.
	 * @param endpoint of discovery, {@code host:port}
	 * @param interval between two polls
	 * @param timeouts how long it waits
	 * @param properties more of them, {@code eas.key=value}
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
		List<String> properties = new ArrayList<>(List.of("eas.retry.max-attempts=" + Timeouts.ATTEMPTS,
				"eas.http.connect-timeout=" + timeouts.connect().toMillis() + "ms",
				"eas.http.response-timeout=" + timeouts.response().toMillis() + "ms"));
		properties.addAll(where);
		properties.addAll(more);
		return new EasCaller(properties);
	}

	@Override
	public Mono<Outcome> call() {
		return Mono.defer(() -> this.client.post("").body(Body.BYTES).toEntity(byte[].class))
			.map((answer) -> Outcome.answered(answer.attempts()))
			.onErrorResume((failure) -> Mono.just(new Outcome(attempts(failure), failure)));
	}

	private static int attempts(Throwable failure) {
		return (failure instanceof EasException known) ? known.attempt() : 0;
	}

	/**
	 * What {@code WebClient} asks for an instance.
	 * @return the service's load balancer
	 */
	@SuppressWarnings("unchecked") // of the only type there is
	public ReactorLoadBalancer<ServiceInstance> loadBalancer() {
		return this.context.getBean(LoadBalancerClientFactory.class).getInstance("echo", ReactorLoadBalancer.class);
	}

	/**
	 * The application's meters.
	 * @return its registry
	 */
	public MeterRegistry meters() {
		return this.context.getBean(MeterRegistry.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** All of the auto-configuration, and nothing else. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class EasApplication {

	}

}
