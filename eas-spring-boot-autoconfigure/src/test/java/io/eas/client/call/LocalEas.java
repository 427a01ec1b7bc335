package io.eas.client.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.eas.autoconfigure.EasActuatorAutoConfiguration;
import io.eas.autoconfigure.EasAutoConfiguration;
import io.eas.autoconfigure.EasHealthAutoConfiguration;
import io.eas.autoconfigure.EasMetricsAutoConfiguration;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;

/**
 * Applications under test and the local EAS they talk to.
 */
public final class LocalEas {

	/** The token of every service here. */
	public static final String TOKEN = "abc";

	private LocalEas() {
	}

	/**
	 * A local EAS with a service {@code echo} on instances with these weights.
	 */
	public static EasEmulator start(EmulatedHandler handler, int... weights) {
		return EasEmulator.builder().admin(false).service("echo", (service) -> {
			service.token(TOKEN);
			Arrays.stream(weights)
				.forEach((weight) -> service.instance((instance) -> instance.weight(weight).handler(handler)));
		}).build().start();
	}

	/**
	 * An application without any service.
	 */
	public static ApplicationContextRunner application() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(EasAutoConfiguration.class, EasHealthAutoConfiguration.class,
					EasActuatorAutoConfiguration.class, EasMetricsAutoConfiguration.class,
					CodecsAutoConfiguration.class, JacksonAutoConfiguration.class, LoadBalancerAutoConfiguration.class))
			.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=50ms");
	}

	/**
	 * An application with the service {@code echo} of a local EAS.
	 */
	public static ApplicationContextRunner application(EasEmulator eas, String... properties) {
		List<String> all = new ArrayList<>(List.of("eas.endpoint=" + eas.endpoint(), "eas.token=" + TOKEN,
				"eas.discovery.allowed-networks=127.0.0.0/8", "eas.discovery.allow-any-interval=true",
				"eas.discovery.interval=100ms", "eas.services.echo.service-name=echo"));
		all.addAll(List.of(properties));
		return application().withPropertyValues(all.toArray(String[]::new));
	}

}
