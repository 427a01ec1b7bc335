package io.eas.autoconfigure;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasException;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.ServiceBuilder;
import io.eas.properties.EasServicesBinder;
import io.eas.service.EasServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A token is found nowhere: a web application with everything that logs at TRACE and
 * every endpoint that shows values, called in every way, whose log and answers are
 * searched.
 */
class SecretsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/** As EAS makes them, but found nowhere else. */
	private static final String TOKEN = "ZmluZC1tZS1ub3doZXJl0123456789abcdefMQ==";

	private static final String WRONG = "d3JvbmctYnV0LXNlY3JldC10b2tlbi14eXo5ODc2NQ==";

	private static final List<String> ENDPOINTS = List.of("env", "env/eas.token", "env/eas.services.ok.token",
			"env/EAS_TOKEN", "env/EAS_SECRET", "env/sun.java.command", "configprops", "configprops/eas", "beans",
			"conditions", "health", "health/eas", "eas", "eas/ok", "mappings", "loggers", "info", "metrics", "");

	@TempDir
	private Path directory;

	private final Properties systemProperties = (Properties) System.getProperties().clone();

	/** Logging is configured for the whole process, partly in system properties. */
	@AfterEach
	void logAsBefore() throws JoranException {
		System.setProperties(this.systemProperties);
		LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
		logback.reset();
		new ContextInitializer(logback).autoConfig();
	}

	/** How a token comes into an application. */
	enum Origin {

		ARGUMENT, FILE_PROPERTY, VARIABLE, PLACEHOLDER, TOKEN_FILE

	}

	@ParameterizedTest
	@EnumSource
	void tokenIsInNoLogAndNoActuatorResponse(Origin origin) throws IOException {
		search(origin, "signature");
	}

	@ParameterizedTest
	@ValueSource(strings = { "token", "bearer" })
	void tokenSentInPlainIsInNoLogAndNoActuatorResponse(String scheme) throws IOException {
		search(Origin.PLACEHOLDER, scheme);
	}

	private void search(Origin origin, String scheme) throws IOException {
		Path log = this.directory.resolve("log");
		List<String> seen = new ArrayList<>();
		try (EasEmulator eas = eas(); ConfigurableApplicationContext context = start(eas, origin, scheme, log)) {
			eas.service("retried").instance(0).status(503);
			eas.service("slow").instance(0).late(Duration.ofSeconds(20));
			eas.service("broken").instances().forEach(EmulatedInstance::half);
			call(context.getBean(EasClients.class), seen);
			ask(context.getEnvironment().getRequiredProperty("local.server.port"), seen);
			texts(context, seen);
		}
		String logged = Files.readString(log);
		assertThat(logged).as("logs at TRACE").contains("TRACE", "reactor.netty", "io.eas", "spring");
		assertThat(seen).allSatisfy((text) -> assertThat(hides(text)).as(text).isTrue());
		assertThat(logged.lines().filter((line) -> !hides(line))).isEmpty();
	}

	@Test
	void searchFindsTokenAndItsParts() {
		assertThat(hides("Bearer " + TOKEN)).isFalse();
		assertThat(hides("the end of it is " + TOKEN.substring(20))).isFalse();
		assertThat(hides("nothing")).isTrue();
	}

	@Test
	void tokenIsInNoActuatorResponseIfEasIsDisabled() throws IOException {
		List<String> seen = new ArrayList<>();
		try (EasEmulator eas = eas();
				ConfigurableApplicationContext context = start(eas, Origin.PLACEHOLDER, "signature",
						this.directory.resolve("log"), "--eas.enabled=false")) {
			ask(context.getEnvironment().getRequiredProperty("local.server.port"), seen);
		}
		assertThat(seen).allSatisfy((text) -> assertThat(hides(text)).as(text).isTrue());
	}

	@ParameterizedTest
	@ValueSource(strings = { "--eas.mode=proxy", "--eas.services.ok.endpoint=a b",
			"--eas.services.ok.token=" + WRONG + "\n" + WRONG, "--eas.discovery.startup=fail-fast" })
	void tokenIsInNoStartupFailure(String mistake) throws IOException {
		Path log = this.directory.resolve("log");
		Throwable failure = catchThrowable(() -> {
			try (EasEmulator eas = eas()) {
				eas.discovery().status(500);
				start(eas, Origin.ARGUMENT, "signature", log, mistake, "--eas.discovery.startup-timeout=100ms").close();
			}
		});
		assertThat(failure).isNotNull();
		assertThat(hides(text(failure))).as(text(failure)).isTrue();
		String logged = Files.readString(log);
		assertThat(logged).contains("APPLICATION FAILED TO START");
		assertThat(logged.lines().filter((line) -> !hides(line))).isEmpty();
	}

	private static EasEmulator eas() {
		return EasEmulator.builder()
			.admin(false)
			.service("ok", (service) -> locked(service, 1))
			.service("retried", (service) -> locked(service, 2))
			.service("slow", (service) -> locked(service, 1))
			.service("broken", (service) -> locked(service, 2))
			.service("refused", (service) -> locked(service, 1))
			.build()
			.start();
	}

	private static void locked(ServiceBuilder service, int instances) {
		service.token(TOKEN).instances(instances, (instance) -> instance.handler(EmulatedHandler.echo()));
	}

	private ConfigurableApplicationContext start(EasEmulator eas, Origin origin, String scheme, Path log,
			String... more) throws IOException {
		Map<String, Object> variables = new HashMap<>(System.getenv());
		List<String> arguments = new ArrayList<>(List.of("--spring.main.banner-mode=off", "--server.port=0",
				"--spring.reactor.netty.shutdown-quiet-period=50ms", "--eas.endpoint=" + eas.endpoint(),
				"--eas.auth.scheme=" + scheme, "--eas.discovery.allowed-networks=127.0.0.0/8",
				"--eas.services.ok.service-name=ok", "--eas.services.retried.service-name=retried",
				"--eas.services.slow.service-name=slow", "--eas.services.broken.service-name=broken",
				"--eas.services.refused.service-name=refused", "--eas.services.refused.token=" + WRONG,
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.env.show-values=always",
				"--management.endpoint.configprops.show-values=always",
				"--management.endpoint.health.show-details=always", "--logging.level.root=TRACE",
				"--logging.console.enabled=false", "--logging.file.name=" + log,
				"--logging.logback.rollingpolicy.max-file-size=1GB"));
		switch (origin) {
			case ARGUMENT -> arguments.add("--eas.token=" + TOKEN);
			case VARIABLE -> variables.put("EAS_TOKEN", TOKEN);
			case PLACEHOLDER -> {
				variables.put("EAS_SECRET", TOKEN);
				arguments.add("--eas.token=${EAS_SECRET}");
			}
			case FILE_PROPERTY -> arguments.add("--spring.config.additional-location="
					+ Files.writeString(this.directory.resolve("more.properties"), "eas.token=" + TOKEN).toUri());
			case TOKEN_FILE ->
				arguments.add("--eas.token-file=" + Files.writeString(this.directory.resolve("token"), TOKEN));
		}
		arguments.addAll(List.of(more));
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.REACTIVE);
		application.setEnvironment(environment);
		return application.run(arguments.toArray(String[]::new));
	}

	/** Calls that end in every way there is. */
	private static void call(EasClients clients, List<String> seen) {
		assertThat(clients.get("ok").predict(Map.of("n", 1), String.class).block(PATIENCE)).isEqualTo("{\"n\":1}");
		assertThat(clients.get("retried").post("/v1").body("x").query("a", 1).retrieve(String.class).block(PATIENCE))
			.isEqualTo("x");
		EasException refused = failure(clients.get("refused"), seen);
		assertThat(refused).isInstanceOfSatisfying(EasStatusException.class,
				(failure) -> assertThat(failure.status().value()).isEqualTo(401));
		for (int i = 0; i < 4; i++) {
			clients.get("retried").predict("x", String.class).block(PATIENCE);
		}
		assertThat(failure(clients.get("broken"), seen).getSuppressed()).isNotEmpty();
		assertThat(catchThrowable(() -> clients.get("slow")
			.post("")
			.responseTimeout(Duration.ofMillis(200))
			.body("x")
			.retrieve(String.class)
			.block(PATIENCE))).isInstanceOfSatisfying(EasTimeoutException.class, (failure) -> seen.add(text(failure)));
		assertThat(catchThrowable(() -> clients.get("slow")
			.post("")
			.timeout(Duration.ofMillis(200))
			.body("x")
			.retrieve(String.class)
			.block(PATIENCE))).isInstanceOfSatisfying(EasTimeoutException.class, (failure) -> seen.add(text(failure)));
		assertThat(catchThrowable(() -> clients.get("ok").predict("no json", Map.class).block(PATIENCE)))
			.isInstanceOfSatisfying(EasException.class, (failure) -> seen.add(text(failure)));
		assertThat(catchThrowable(() -> clients.get("unknown"))).satisfies((failure) -> seen.add(text(failure)));
	}

	private static EasException failure(EasClient client, List<String> seen) {
		Throwable failure = catchThrowable(() -> client.predict("x", String.class).block(PATIENCE));
		assertThat(failure).isInstanceOf(EasException.class);
		seen.add(text(failure));
		return (EasException) failure;
	}

	private static void ask(String port, List<String> seen) {
		WebClient client = WebClient.builder()
			.baseUrl("http://127.0.0.1:" + port + "/actuator/")
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(64 << 20))
			.build();
		for (String endpoint : ENDPOINTS) {
			String answer = client.get()
				.uri(endpoint)
				.exchangeToMono((response) -> response.bodyToMono(String.class).defaultIfEmpty(""))
				.block(PATIENCE);
			seen.add(endpoint + ": " + answer);
		}
		assertThat(seen).as("shows values")
			.anyMatch((answer) -> answer.contains("\"--eas.auth.scheme") || answer.contains("eas.auth.scheme"));
	}

	private static void texts(ConfigurableApplicationContext context, List<String> seen) {
		Stream.of(context.getBeanDefinitionNames())
			.filter((name) -> Objects.requireNonNullElse(context.getType(name), Object.class)
				.getName()
				.startsWith("io.eas"))
			.forEach((name) -> seen.add(String.valueOf(context.getBean(name))));
		context.getBean(EasServices.class).all().forEach((service) -> {
			seen.add(service.toString());
			seen.add(service.client().toString());
			seen.add(service.cache().state().toString());
		});
		EasServicesBinder binder = context.getBean(EasServicesBinder.class);
		binder.aliases().forEach((alias) -> seen.add(binder.bind(alias).toString()));
	}

	private static String text(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return failure.getMessage() + "\n" + failure + "\n" + text;
	}

	/** Half a token is a secret too. */
	private static boolean hides(String text) {
		return Stream.of(TOKEN, WRONG)
			.flatMap((token) -> Stream.of(token.substring(0, token.length() / 2), token.substring(token.length() / 2)))
			.noneMatch(text::contains);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
