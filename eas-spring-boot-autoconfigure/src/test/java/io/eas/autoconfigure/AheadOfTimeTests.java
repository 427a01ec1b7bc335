package io.eas.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.eas.actuate.EasEndpoint;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import io.eas.loadbalancer.selection.InstanceDescription;
import io.eas.properties.DiscoveryProperties;
import io.eas.properties.EasServerProperties;
import io.eas.properties.EasProperties;
import io.eas.properties.EasServiceProperties;
import io.eas.properties.EjectionProperties;
import io.eas.properties.HealthProperties;
import io.eas.properties.HttpProperties;
import io.eas.properties.LoadBalancerProperties;
import io.eas.properties.ObservationProperties;
import io.eas.properties.ProbeProperties;
import io.eas.properties.RetryProperties;
import io.eas.properties.Secret;
import io.eas.properties.SnapshotProperties;
import io.eas.service.ServiceDescription;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.context.reactive.AnnotationConfigReactiveWebApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor.Settings;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("application")
class AheadOfTimeTests {

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void applicationStartsFromGeneratedCodeAndCallsItsServices(String type, @TempDir Path folder) throws Exception {
		try (EasEmulator eas = EasEmulator.builder()
			.admin(false)
			.service("echo",
					(service) -> service.instances(1,
							(instance) -> instance.handler((request) -> Mono.just(EmulatedResponse.text(200, "echo")))))
			.build()
			.start()) {
			String[] arguments = { "--spring.main.web-application-type=" + type, "--spring.main.banner-mode=off",
					"--server.port=0", "--server.address=127.0.0.1", "--management.endpoint.health.show-details=always",
					"--management.endpoint.health.probes.add-additional-paths=true", "--eas.server.enabled=true",
					"--eas.server.allow-loopback=true", "--spring.reactor.netty.shutdown-quiet-period=50ms",
					"--eas.endpoint=" + eas.endpoint(), "--management.endpoints.web.exposure.include=eas,health",
					"--spring.cloud.refresh.enabled=false", "--eas.discovery.allowed-networks=127.0.0.0/8",
					"--eas.services.my-llm.service-name=echo", "--eas.services.other.service-name=echo" };
			GeneratedClasses generated = generate(folder, arguments);
			assertThat(folder.resolve("resources/META-INF/native-image/test/test/reachability-metadata.json")).content()
				.contains(EasServiceProperties.class.getName(), ServiceDescription.class.getName(),
						InstanceDescription.class.getName(), EasEndpoint.SettingDescriptor.class.getName(),
						AheadOfTimeApplication.ShoutService.class.getName(), "changed");
			Thread thread = Thread.currentThread();
			ClassLoader before = thread.getContextClassLoader();
			thread.setContextClassLoader(generated);
			try {
				Object answers = generated.loadClass(AheadOfTimeApplication.class.getName())
					.getMethod("answers", List.class, String[].class)
					.invoke(null, List.of("my-llm", "other"), arguments);
				assertThat(answers).asInstanceOf(InstanceOfAssertFactories.list(String.class))
					.startsWith("my-llm", "other", "echo", "echo", "echo", "echo", "echo", "echo", "changed")
					.satisfies((all) -> assertThat(all.get(9)).contains("\"my-llm\"", "\"state\":\"live\""))
					.last(InstanceOfAssertFactories.STRING)
					.contains("\"eas\"", "\"my-llm\"", "\"other\"");
			}
			finally {
				thread.setContextClassLoader(before);
			}
		}
	}

	/** What the goal process-aot of Spring Boot's plugin does. */
	private static GeneratedClasses generate(Path folder, String... arguments) throws IOException {
		Path sources = folder.resolve("sources");
		Path classes = Files.createDirectory(folder.resolve("classes"));
		Settings settings = Settings.builder()
			.sourceOutput(sources)
			.resourceOutput(folder.resolve("resources"))
			.classOutput(classes)
			.groupId("test")
			.artifactId("test")
			.build();
		new SpringApplicationAotProcessor(AheadOfTimeApplication.class, settings, arguments).process();
		return GeneratedClasses.compile(sources, classes);
	}

	@Test
	void servicePropertiesAreBoundInNativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new ClientHints().registerHints(hints, getClass().getClassLoader());
		assertThat(Stream.of(EasProperties.class, EasServiceProperties.class, EasServiceProperties.Auth.class,
				EasServiceProperties.LoadBalanced.class, DiscoveryProperties.class, SnapshotProperties.class,
				LoadBalancerProperties.class, RetryProperties.class, RetryProperties.Backoff.class,
				RetryProperties.Budget.class, EjectionProperties.class, ProbeProperties.class,
				ProbeProperties.HttpGet.class, ProbeProperties.TcpSocket.class, HttpProperties.class,
				HealthProperties.class, ObservationProperties.class))
			.allMatch((type) -> RuntimeHintsPredicates.reflection()
				.onConstructorInvocation(type.getDeclaredConstructors()[0])
				.test(hints));
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Secret.class, "valueOf")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(ProbeProperties.TcpSocket.class, "valueOf"))
			.accepts(hints);
	}

	@Test
	void serverPropertiesAreBoundAndActuatorIsFoundInNativeImage() {
		try (AnnotationConfigReactiveWebApplicationContext context = new AnnotationConfigReactiveWebApplicationContext()) {
			TestPropertyValues.of("eas.server.enabled=true", "server.port=8000").applyTo(context);
			context.register(EasServerAutoConfiguration.class);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get("test", "Application")), new InMemoryGeneratedFiles());
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			assertThat(RuntimeHintsPredicates.reflection()
				.onConstructorInvocation(EasServerProperties.class.getDeclaredConstructors()[0]))
				.accepts(generation.getRuntimeHints());
			assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(ProbeLocations.ACTUATOR)))
				.accepts(generation.getRuntimeHints());
		}
	}

}
