package io.eas.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.eas.client.EasClient;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with the starter and nothing else.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SmallApplication {

	/**
	 * Starts it and makes a call.
	 * @param endpoint of the local EAS
	 * @param token of its service {@code echo}
	 * @return the answer
	 */
	public static String call(String endpoint, String token) {
		try (ConfigurableApplicationContext context = SpringApplication.run(SmallApplication.class,
				"--spring.main.banner-mode=off", "--spring.reactor.netty.shutdown-quiet-period=50ms",
				"--eas.endpoint=" + endpoint, "--eas.token=" + token, "--eas.services.echo.service-name=echo",
				"--eas.discovery.allowed-networks=127.0.0.0/8")) {
			return String.valueOf(context.getBean(EasClient.class)
				.predict(Map.of("n", 1), String.class)
				.block(Duration.ofSeconds(20)));
		}
	}

}
