package io.eas.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.eas.client.call.LocalEas;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Applications under test that need no instance.
 */
final class Applications {

	private static final List<String> QUIET = List.of("--spring.main.banner-mode=off",
			"--spring.reactor.netty.shutdown-quiet-period=50ms");

	private Applications() {
	}

	/**
	 * An application whose services have an instance that nobody calls.
	 */
	static ApplicationContextRunner withServices(String... aliases) {
		return LocalEas.application()
			.withPropertyValues(Arrays.stream(aliases)
				.flatMap((alias) -> List
					.of("eas.services." + alias + ".mode=static", "eas.services." + alias + ".instances=127.0.0.1:9")
					.stream())
				.toArray(String[]::new));
	}

	/**
	 * Starts an application as its {@code main} would, with failure analysis.
	 * @param arguments properties without the leading dashes
	 */
	static ConfigurableApplicationContext start(String... arguments) {
		SpringApplication application = new SpringApplication(EasOnly.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		List<String> all = new ArrayList<>(QUIET);
		Arrays.stream(arguments).forEach((argument) -> all.add("--" + argument));
		return application.run(all.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ EasAutoConfiguration.class, EasHealthAutoConfiguration.class,
			EasActuatorAutoConfiguration.class, CodecsAutoConfiguration.class, JacksonAutoConfiguration.class,
			LoadBalancerAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class })
	static class EasOnly {

	}

}
