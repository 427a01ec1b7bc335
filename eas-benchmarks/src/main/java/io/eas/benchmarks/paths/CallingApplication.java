package io.eas.benchmarks.paths;

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
class CallingApplication {

	@Bean
	@LoadBalanced
	WebClient.Builder loadBalanced() {
		return WebClient.builder();
	}

}
