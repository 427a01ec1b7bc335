package io.eas.sample.app;

import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The sample application. Without a profile, or with the profile {@code local}, it starts
 * a local EAS; with any other profile, it calls the EAS that is configured.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class SampleApplication {

	private static final String EXIT = "sample.walk-through.exit";

	/**
	 * Starts the application.
	 * @param args properties, such as {@code --server.port=8001}
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(SampleApplication.class, args);
		if (isToEnd(context)) {
			System.exit(SpringApplication.exit(context));
		}
	}

	/**
	 * Returns whether the application ends after its start. Only the walk-through has an
	 * exit code, and it exists only in the local profile.
	 */
	static boolean isToEnd(ConfigurableApplicationContext context) {
		return context.getEnvironment().getProperty(EXIT, Boolean.class, false)
				&& context.getBeanNamesForType(ExitCodeGenerator.class).length > 0;
	}

}
