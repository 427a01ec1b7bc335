package io.eas.benchmarks.bodies;

import java.util.List;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * An application with the complete auto-configuration and a load-balanced
 * {@code WebClient} builder, which is not auto-configured.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class BodyApplication {

	/**
	 * Returns the properties of a service {@code echo} with one instance and default
	 * settings.
	 */
	static List<String> properties(String address) {
		return List.of("eas.auth.scheme=none", "eas.services.echo.mode=static",
				"eas.services.echo.instances=" + address);
	}

	@Bean
	@LoadBalanced
	WebClient.Builder loadBalanced() {
		return WebClient.builder();
	}

}
