package io.eas.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ApplicationContext;

/**
 * The kinds of services of which an application has many.
 */
enum ServiceKind {

	/** Services of our client, with instances from the configuration. */
	STATIC("services, mode static") {

		@Override
		List<String> common(String endpoint) {
			return List.of("eas.auth.scheme=none", "eas.mode=static");
		}

		@Override
		String each(String alias) {
			return "eas.services." + alias + ".instances=127.0.0.1:1";
		}

	},

	/**
	 * Services of our client, with instances from discovery. The start of the application
	 * waits for the first response of discovery.
	 */
	DIRECT("services, mode direct") {

		@Override
		List<String> common(String endpoint) {
			return List.of("eas.auth.scheme=none", "eas.endpoint=" + endpoint,
					"eas.discovery.allowed-networks=127.0.0.0/8");
		}

		@Override
		String each(String alias) {
			return "eas.services." + alias + ".service-name=echo";
		}

	},

	/**
	 * Services of Spring Cloud LoadBalancer, each with a context that its first call
	 * creates.
	 */
	SPRING("Spring Cloud LoadBalancer's services") {

		@Override
		List<String> common(String endpoint) {
			return List.of("eas.enabled=false");
		}

		@Override
		String each(String alias) {
			return "spring.cloud.discovery.client.simple.instances." + alias + "[0].uri=http://127.0.0.1:1";
		}

		@Override
		void use(ApplicationContext context, int count) {
			LoadBalancerClientFactory contexts = context.getBean(LoadBalancerClientFactory.class);
			aliases(count).forEach((alias) -> contexts.getInstance(alias, ReactorServiceInstanceLoadBalancer.class));
		}

	};

	private final String label;

	ServiceKind(String label) {
		this.label = label;
	}

	/** Returns the common properties of all services. */
	abstract List<String> common(String endpoint);

	/** Returns the property that defines one service. */
	abstract String each(String alias);

	/** Creates the services if they are not created with the application. */
	void use(ApplicationContext context, int count) {
	}

	/** Returns all properties, one per line. */
	List<String> properties(int count, String endpoint) {
		List<String> lines = new ArrayList<>(common(endpoint));
		aliases(count).map(this::each).forEach(lines::add);
		return lines;
	}

	private static Stream<String> aliases(int count) {
		return IntStream.range(0, count).mapToObj((index) -> "model-" + index);
	}

	@Override
	public String toString() {
		return this.label;
	}

}
