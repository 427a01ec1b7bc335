package io.eas.benchmarks.clients;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts applications that only make calls.
 */
public final class Application {

	private static final List<String> ALWAYS = List.of("--spring.main.banner-mode=off",
			"--spring.main.log-startup-info=false", "--spring.main.register-shutdown-hook=false",
			"--spring.reactor.netty.shutdown-quiet-period=0s");

	private Application() {
	}

	/**
	 * Starts an application.
	 * @param configuration the configuration class
	 * @param properties the properties, {@code key=value}
	 * @return the started context
	 */
	public static ConfigurableApplicationContext start(Class<?> configuration, List<String> properties) {
		SpringApplication application = new SpringApplication(configuration);
		application.setWebApplicationType(WebApplicationType.NONE);
		List<String> arguments = new ArrayList<>(ALWAYS);
		properties.forEach((property) -> arguments.add("--" + property));
		return application.run(arguments.toArray(String[]::new));
	}

}
