package io.eas.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application on EAS, on Tomcat or on Netty, with the auto-configurations that
 * {@code META-INF/spring} lists for it and for Actuator.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration
@Import(ServedApplication.Work.class)
public class ServedApplication {

	private static final List<String> ARGUMENTS = List.of("--spring.main.banner-mode=off",
			"--spring.reactor.netty.shutdown-quiet-period=50ms", "--eas.server.enabled=true");

	/** In a process of its own. */
	public static void main(String[] arguments) {
		SpringApplication.run(ServedApplication.class, arguments(arguments));
	}

	/**
	 * Starts it here, on a port that the system chooses.
	 * @param type which server
	 * @param sources more configuration
	 * @param arguments properties without the leading dashes; the last of a name counts
	 */
	public static ConfigurableApplicationContext start(WebApplicationType type, List<Class<?>> sources,
			String... arguments) {
		return start(ServedApplication.class.getClassLoader(), type, sources, arguments);
	}

	/**
	 * The same with other classes on its class path.
	 * @param classLoader finds the classes
	 */
	public static ConfigurableApplicationContext start(ClassLoader classLoader, WebApplicationType type,
			List<Class<?>> sources, String... arguments) {
		Map<String, String> properties = new LinkedHashMap<>();
		Stream
			.concat(Stream.of("server.port=0", "server.address=127.0.0.1", "eas.server.allow-loopback=true",
					"spring.main.web-application-type=" + type.name()), Stream.of(arguments))
			.map((argument) -> argument.split("=", 2))
			.forEach((pair) -> properties.put(pair[0], pair[1]));
		SpringApplication application = new SpringApplication(new DefaultResourceLoader(classLoader),
				ServedApplication.class);
		application.addPrimarySources(sources);
		return application
			.run(arguments(properties.entrySet().stream().map(Map.Entry::toString).toArray(String[]::new)));
	}

	private static String[] arguments(String... properties) {
		List<String> all = new ArrayList<>(ARGUMENTS);
		List.of(properties).forEach((property) -> all.add("--" + property));
		return all.toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration")
	@ImportAutoConfiguration
	static class Actuator {

	}

	@RestController
	static class Work {

		@GetMapping("/work")
		Mono<String> work(@RequestParam(defaultValue = "0") long millis) {
			return Mono.delay(Duration.ofMillis(millis)).thenReturn("done");
		}

	}

}
