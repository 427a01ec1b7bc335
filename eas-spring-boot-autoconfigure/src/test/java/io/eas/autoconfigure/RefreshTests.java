package io.eas.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.eas.actuate.EasEndpoint;
import io.eas.actuate.EasEndpoint.SettingDescriptor;
import io.eas.client.EasClients;
import io.eas.client.EasStatusException;
import io.eas.client.auth.EasTokenSupplier;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.eas.instance.InstanceList;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScopeRefreshedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Settings that change while an application runs. The service answers with the token that
 * it was shown.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefreshTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String MNIST = "eas.services.mnist.";

	private static EasEmulator eas;

	/** Answers of calls to /wait. */
	private static final Sinks.Empty<Void> ANSWER = Sinks.empty();

	@BeforeAll
	static void start() {
		eas = EasEmulator.builder()
			.admin(false)
			.service("mnist", (service) -> service.instances(5, (instance) -> instance.handler((request) -> {
				Mono<EmulatedResponse> answer = Mono
					.just(EmulatedResponse.text(200, String.valueOf(request.header("Authorization"))));
				return request.path().endsWith("/wait") ? ANSWER.asMono().then(answer) : answer;
			})))
			.build()
			.start();
	}

	@AfterAll
	static void stop() {
		eas.close();
	}

	@AfterEach
	void heal() {
		eas.service("mnist").instances().forEach(EmulatedInstance::heal);
	}

	private static ApplicationContextRunner application() {
		return LocalEas.application()
			.withConfiguration(
					AutoConfigurations.of(EasRefreshAutoConfiguration.class, EasEndpointAutoConfiguration.class))
			.withPropertyValues("eas.endpoint=" + eas.endpoint(), "eas.discovery.allowed-networks=127.0.0.0/8",
					"management.endpoints.web.exposure.include=eas", MNIST + "auth.scheme=token",
					"eas.ejection.enabled=false")
			.withInitializer((context) -> change(context, Map.of("token", "first")));
	}

	/** Replaces the property source with the settings of the service. */
	private static void change(ConfigurableApplicationContext context, Map<String, String> settings) {
		Map<String, Object> properties = new HashMap<>();
		settings.forEach((key, value) -> properties.put(MNIST + key, value));
		MapPropertySource source = new MapPropertySource("changing", properties);
		if (context.getEnvironment().getPropertySources().contains("changing")) {
			context.getEnvironment().getPropertySources().replace("changing", source);
		}
		else {
			context.getEnvironment().getPropertySources().addFirst(source);
		}
	}

	/** As Spring Cloud does when it has changed the environment. */
	private static void refresh(ConfigurableApplicationContext context, Map<String, String> settings) {
		change(context, settings);
		context.publishEvent(new EnvironmentChangeEvent(context, Set.of()));
		context.publishEvent(new RefreshScopeRefreshedEvent());
	}

	private static String predict(ConfigurableApplicationContext context) {
		return context.getBean(EasClients.class).get("mnist").predict("x", String.class).block(PATIENCE);
	}

	private static EasService service(ConfigurableApplicationContext context) {
		return context.getBean(EasServices.class).service("mnist");
	}

	/** The number of attempts of a call that every instance refuses. */
	private static int attempts(ConfigurableApplicationContext context) {
		eas.service("mnist").instances().forEach((instance) -> instance.status(503));
		EasStatusException[] failure = new EasStatusException[1];
		assertThatExceptionOfType(EasStatusException.class).isThrownBy(() -> predict(context))
			.satisfies((thrown) -> failure[0] = thrown);
		eas.service("mnist").instances().forEach(EmulatedInstance::heal);
		return failure[0].attempt();
	}

	private static SettingDescriptor setting(ConfigurableApplicationContext context, String key) {
		return context.getBean(EasEndpoint.class).service("mnist", null).settings().get(key);
	}

	@Test
	void callsFromNowOnHaveTheNewTokenAndRetries(CapturedOutput output) {
		application().run((context) -> {
			assertThat(predict(context)).isEqualTo("first");
			assertThat(attempts(context)).isEqualTo(3);
			InstanceList list = service(context).cache().current();
			refresh(context, Map.of("token", "second", "retry.max-attempts", "5", "retry.budget.ratio", "10"));
			assertThat(predict(context)).isEqualTo("second");
			assertThat(attempts(context)).isEqualTo(5);
			assertThat(service(context).cache().current()).isSameAs(list);
			refresh(context, Map.of("token", "second", "retry.on", "connect"));
			assertThat(attempts(context)).isEqualTo(1);
			assertThat(output).containsOnlyOnce("mnist: changed without a restart: token, retry.max-attempts")
				.doesNotContain("after a restart");
		});
	}

	@Test
	void budgetKeepsItsCounts() {
		application().run((context) -> {
			attempts(context);
			long used = service(context).client().retryBudget().used();
			assertThat(used).isPositive();
			refresh(context, Map.of("token", "first", "retry.budget.min-per-second", "1000"));
			assertThat(service(context).client().retryBudget().used()).isEqualTo(used);
			assertThat(service(context).client().retryBudget().allowed()).isGreaterThanOrEqualTo(10_000);
		});
	}

	@Test
	void callUnderWayKeepsWhatItBeganWith() {
		application().run((context) -> {
			CompletableFuture<String> call = context.getBean(EasClients.class)
				.get("mnist")
				.get("/wait")
				.retrieve(String.class)
				.toFuture();
			await().atMost(PATIENCE).until(() -> service(context).client().inFlight() == 1);
			refresh(context, Map.of("token", "second", "http.request-timeout", "1ms", "retry.max-attempts", "1"));
			ANSWER.tryEmitEmpty();
			assertThat(call).succeedsWithin(PATIENCE).isEqualTo("first");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			retry.max-attempts | 99 | eas.services.mnist.retry.max-attempts must be between 1 and 10, was 99
			retry.max-attempts | many | eas.services.mnist.retry.max-attempts must be of type int, was 'many'
			token | a b | eas.services.mnist.token must have only visible ASCII characters, was ******
			token-file | /nowhere | eas.services.mnist.token-file must not be set together with token, was '/nowhere'
			""")
	void badValueKeepsTheSettingsBefore(String key, String value, String message, CapturedOutput output) {
		application().run((context) -> {
			Map<String, String> settings = new HashMap<>(Map.of("token", "second", "retry.budget.ratio", "1"));
			settings.put(key, value);
			refresh(context, settings);
			assertThat(output).containsOnlyOnce(
					"mnist: the settings before stay in use, since a changed one can't be used: " + message);
			assertThat(predict(context)).isEqualTo("first");
			assertThat(setting(context, "retry.budget.ratio").value()).isEqualTo(0.2);
			refresh(context, Map.of("token", "third"));
			assertThat(predict(context)).isEqualTo("third");
		});
	}

	@Test
	void settingsThatNeedARestartAreNamedAndStay(CapturedOutput output) {
		application().run((context) -> {
			refresh(context, Map.of("token", "second", "http.response-timeout", "7s", "path", "/elsewhere"));
			assertThat(output)
				.containsOnlyOnce("mnist: changed, but in use only after a restart: path, http.response-timeout");
			assertThat(predict(context)).isEqualTo("second");
			assertThat(setting(context, "http.response-timeout").value()).isEqualTo("5s");
			assertThat(setting(context, "http.response-timeout").origin()).isEqualTo("default");
		});
	}

	@Test
	void servicesThatComeAndGoNeedARestart(CapturedOutput output) {
		application().withPropertyValues("eas.services.other.token=x").run((context) -> {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("more", Map.of("eas.services.llm.token", "y")));
			refresh(context, Map.of("token", "second"));
			assertThat(output).containsOnlyOnce("eas.services: changed, but in use only after a restart: llm");
			assertThat(predict(context)).isEqualTo("second");
		});
	}

	@Test
	void endpointShowsWhatIsInForceAndItsOrigin() {
		application().run((context) -> {
			assertThat(setting(context, "retry.max-attempts")).isEqualTo(new SettingDescriptor(3, null, "default"));
			refresh(context, Map.of("token", "first", "retry.max-attempts", "2"));
			SettingDescriptor setting = setting(context, "retry.max-attempts");
			assertThat(setting.value()).isEqualTo(2);
			assertThat(setting.property()).isEqualTo(MNIST + "retry.max-attempts");
			assertThat(setting.origin()).contains("changing");
			assertThat(setting(context, "token").value()).isEqualTo("******");
		});
	}

	@Test
	void tokenMayMoveToAFileAndToASupplier(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("token"), "in-file");
		application().withBean(EasTokenSupplier.class, () -> (alias) -> Mono.just("supplied")).run((context) -> {
			refresh(context, Map.of("token-file", file.toString()));
			assertThat(predict(context)).isEqualTo("in-file");
			Files.writeString(file, "changed");
			await().atMost(PATIENCE).until(() -> predict(context).equals("changed"));
			refresh(context, Map.of());
			assertThat(predict(context)).isEqualTo("supplied");
		});
	}

	@Test
	void retryThatTheApplicationHasRegisteredStays() {
		RetryRegistry registry = RetryRegistry.ofDefaults();
		Retry own = registry.retry("eas-mnist", RetryConfig.custom().maxAttempts(2).build());
		application().withBean(RetryRegistry.class, () -> registry).run((context) -> {
			refresh(context, Map.of("token", "second", "retry.max-attempts", "5"));
			assertThat(registry.retry("eas-mnist")).isSameAs(own);
			assertThat(attempts(context)).isEqualTo(2);
			assertThat(predict(context)).isEqualTo("second");
		});
	}

	@Test
	void applicationWithoutSpringCloudContextStartsAndKeepsItsSettings() {
		application().withClassLoader(new FilteredClassLoader("org.springframework.cloud.context")).run((context) -> {
			assertThat(context).doesNotHaveBean(SettingsRefresh.class);
			assertThat(predict(context)).isEqualTo("first");
		});
	}

	@Test
	void contextRefresherReadsTheChangedFile(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("application.properties");
		Files.writeString(file, MNIST + "token=first\n" + MNIST + "retry.max-attempts=2\n");
		SpringApplication application = new SpringApplication(Refreshed.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run("--spring.main.banner-mode=off",
				"--spring.reactor.netty.shutdown-quiet-period=0s", "--eas.endpoint=" + eas.endpoint(),
				"--eas.discovery.allowed-networks=127.0.0.0/8", "--eas.auth.scheme=token",
				"--spring.config.location=" + file.toUri())) {
			assertThat(predict(context)).isEqualTo("first");
			Files.writeString(file, MNIST + "token=second\n" + MNIST + "retry.max-attempts=4\n");
			context.getBean(ContextRefresher.class).refresh();
			assertThat(predict(context)).isEqualTo("second");
			assertThat(attempts(context)).isEqualTo(4);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ EasAutoConfiguration.class, EasRefreshAutoConfiguration.class,
			RefreshAutoConfiguration.class })
	static class Refreshed {

	}

}
