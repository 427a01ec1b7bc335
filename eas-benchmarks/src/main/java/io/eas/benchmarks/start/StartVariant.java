package io.eas.benchmarks.start;

import java.util.List;
import java.util.stream.Stream;

import io.eas.autoconfigure.EasAutoConfiguration;
import io.eas.benchmarks.instances.Conversation;
import io.eas.client.EasClient;
import io.github.resilience4j.retry.Retry;

import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;

/**
 * Applications that differ only in the starter and its dependencies.
 */
enum StartVariant {

	/** Has neither the starter nor its dependencies. */
	WITHOUT("without the starter, and without what it depends on", WebClientApplication.class),

	/** Has Spring Cloud LoadBalancer and Resilience4j, but not the starter. */
	DEPENDENCIES("without the starter, with what it depends on", WebClientApplication.class),

	/** Has the starter and a service with a configured instance. */
	STATIC("with the starter, mode static", StarterApplication.class),

	/** Has the starter and a service; the start waits for discovery's first list. */
	DIRECT("with the starter, mode direct", StarterApplication.class);

	/** The artifacts that only other benchmarks need. */
	private static final List<String> OTHERS = List.of("spring-boot-actuator", "spring-boot-health",
			"spring-boot-micrometer", "spring-boot-starter-actuator", "spring-boot-starter-micrometer",
			"micrometer-core", "micrometer-jakarta9", "armeria", "httpclient5", "jmh", "eas-emulator");

	/**
	 * The arguments of all applications. Logging is off, because the results are printed
	 * to the same stream.
	 */
	private static final List<String> ALWAYS = List.of("--spring.main.banner-mode=off", "--logging.level.root=off",
			"--server.port=0", "--server.address=127.0.0.1");

	private static final List<String> JVM = List.of("-Xmx256m");

	private final String label;

	private final Class<?> application;

	StartVariant(String label, Class<?> application) {
		this.label = label;
		this.application = application;
	}

	/**
	 * Starts the application in a fresh JVM and has it make a call. Blocks.
	 * @param classPath the class path of this JVM
	 * @param endpoint the address of discovery
	 * @param instance the address of an instance
	 */
	StartedApplication run(ClassPath classPath, String endpoint, String instance) {
		List<String> service = switch (this) {
			case WITHOUT, DEPENDENCIES -> List.of("--model=http://" + instance + "/");
			case STATIC ->
				List.of("--eas.auth.scheme=none", "--eas.mode=static", "--eas.services.echo.instances=" + instance);
			case DIRECT -> List.of("--eas.auth.scheme=none", "--eas.services.echo.service-name=echo",
					"--eas.endpoint=" + endpoint, "--eas.discovery.allowed-networks=127.0.0.0/8");
		};
		List<String> arguments = Stream
			.of(List.of(this.application.getName(), String.join(",", classes().map(Class::getName).toList())), ALWAYS,
					service)
			.flatMap(List::stream)
			.toList();
		String own = classPath.without(OTHERS).without(missing()).toString();
		try (Conversation program = Conversation.start(JVM, own, StartProgram.class, arguments)) {
			return StartedApplication.parse(program.await());
		}
	}

	/** Returns the artifacts that the application doesn't have. */
	private List<String> missing() {
		return switch (this) {
			case WITHOUT -> List.of("eas-client", "eas-spring-boot", "spring-cloud", "resilience4j");
			case DEPENDENCIES -> List.of("eas-client", "eas-spring-boot");
			case STATIC, DIRECT -> List.of();
		};
	}

	/** Returns classes of the artifacts that the application doesn't have. */
	Stream<Class<?>> classes() {
		return switch (this) {
			case WITHOUT ->
				Stream.of(EasClient.class, EasAutoConfiguration.class, LoadBalancerClientFactory.class, Retry.class);
			case DEPENDENCIES -> Stream.of(EasClient.class, EasAutoConfiguration.class);
			case STATIC, DIRECT -> Stream.empty();
		};
	}

	@Override
	public String toString() {
		return this.label;
	}

}
