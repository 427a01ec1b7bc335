package io.eas.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.eas.actuate.EasEndpoint;
import io.eas.actuate.EasEndpoint.SettingDescriptor;
import io.eas.client.EasClients;
import io.eas.client.EasStatusException;
import io.eas.client.auth.EasTokenSupplier;
import io.eas.client.call.LocalEas;
import io.eas.client.request.HttpSettings;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.eas.instance.InstanceList;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import org.jspecify.annotations.Nullable;
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
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import static java.util.Map.entry;
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

	/** Lets the instances answer calls to /wait. */
	private static final Sinks.Empty<Void> ANSWER = Sinks.empty();

	/** Number of answers to calls to /wait. */
	private static final AtomicInteger ATTEMPTS = new AtomicInteger();

	@BeforeAll
	static void start() {
		eas = EasEmulator.builder()
			.admin(false)
			.service("mnist", (service) -> service.instances(5, (instance) -> instance.handler((request) -> {
				Mono<EmulatedResponse> answer = Mono
					.just(EmulatedResponse.text(200, String.valueOf(request.header("Authorization"))));
				return request.path().endsWith("/wait") ? ANSWER.asMono().then(afterTwoRefusals(answer)) : answer;
			})))
			.build()
			.start();
	}

	private static Mono<EmulatedResponse> afterTwoRefusals(Mono<EmulatedResponse> answer) {
		return Mono
			.defer(() -> (ATTEMPTS.incrementAndGet() <= 2) ? Mono.just(EmulatedResponse.text(503, "busy")) : answer);
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
		Set<String> keys = settings.keySet().stream().map(MNIST::concat).collect(Collectors.toSet());
		context.publishEvent(new EnvironmentChangeEvent(context, keys));
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
			assertThat(ATTEMPTS).hasValue(3);
		});
	}

	@Test
	void eachKeyThatMayChangeDoesSoWithoutTheOthers(CapturedOutput output) {
		Map<String, String> values = Map.ofEntries(entry("auth.scheme", "bearer"),
				entry("load-balanced.credentials", "true"), entry("retry.max-attempts", "4"),
				entry("retry.on", "connect"), entry("retry.on-statuses", "502"), entry("retry.idempotent", "false"),
				entry("retry.backoff.initial", "1ms"), entry("retry.backoff.max", "2s"),
				entry("retry.backoff.multiplier", "3"), entry("retry.backoff.jitter", "0.1"),
				entry("retry.budget.ratio", "0.3"), entry("retry.budget.min-per-second", "7"),
				entry("http.request-timeout", "11s"), entry("http.first-event-timeout", "12s"),
				entry("http.next-event-timeout", "13s"), entry("http.stream-timeout", "14s"));
		application().run((context) -> {
			Map<String, @Nullable Object> before = settings(context);
			values.forEach((key, value) -> {
				refresh(context, Map.of("token", "first", key, value));
				Map<String, @Nullable Object> after = settings(context);
				Set<String> changed = after.keySet()
					.stream()
					.filter((name) -> !Objects.equals(after.get(name), before.get(name)))
					.collect(Collectors.toSet());
				assertThat(changed).containsExactly(key);
				refresh(context, Map.of("token", "first"));
			});
			assertThat(output).doesNotContain("after a restart");
		});
	}

	/** The settings that aren't null. */
	private static Map<String, @Nullable Object> settings(ConfigurableApplicationContext context) {
		Map<String, @Nullable Object> values = new HashMap<>();
		context.getBean(EasEndpoint.class)
			.service("mnist", null)
			.settings()
			.forEach((name, setting) -> values.put(name, setting.value()));
		return values;
	}

	@Test
	void changedTimeLimitsAreThoseOfTheirNames() {
		application().run((context) -> {
			refresh(context, Map.of("token", "first", "http.request-timeout", "11s", "http.first-event-timeout", "12s",
					"http.next-event-timeout", "13s", "http.stream-timeout", "14s"));
			HttpSettings http = service(context).client().settings().http();
			assertThat(http.requestTimeout()).hasSeconds(11);
			assertThat(http.firstEventTimeout()).hasSeconds(12);
			assertThat(http.nextEventTimeout()).hasSeconds(13);
			assertThat(http.streamTimeout()).hasSeconds(14);
			assertThat(http.responseTimeout()).isEqualTo(HttpSettings.DEFAULTS.responseTimeout());
		});
	}

	@Test
	void callThatWaitsForATokenGoesOnWithTheNewOne() {
		application().withBean(EasTokenSupplier.class, () -> (alias) -> Mono.never()).run((context) -> {
			refresh(context, Map.of("http.request-timeout", "1m"));
			CompletableFuture<String> call = context.getBean(EasClients.class)
				.get("mnist")
				.predict("x", String.class)
				.toFuture();
			await().atMost(PATIENCE).until(() -> service(context).client().inFlight() == 1);
			refresh(context, Map.of("http.request-timeout", "1m", "token", "second"));
			assertThat(call).succeedsWithin(PATIENCE).isEqualTo("second");
		});
	}

	@Test
	void otherSchemeKeepsTheSuppliedToken() {
		Queue<Mono<String>> vault = new ArrayDeque<>(List.of(Mono.just("once")));
		application()
			.withBean(EasTokenSupplier.class,
					() -> (alias) -> Objects.requireNonNullElse(vault.poll(), Mono.<String>never()))
			.run((context) -> {
				refresh(context, Map.of("auth.scheme", "token"));
				assertThat(predict(context)).isEqualTo("once");
				refresh(context, Map.of("auth.scheme", "bearer"));
				assertThat(predict(context)).isEqualTo("Bearer once");
			});
	}

	@Test
	void misspelledKeyIsReported(CapturedOutput output) {
		application().run((context) -> {
			refresh(context, Map.of("token", "second", "retry.max-attempt", "5"));
			assertThat(output).containsOnlyOnce("is no property of the starter")
				.contains(MNIST + "retry.max-attempt (")
				.contains("Did you mean " + MNIST + "retry.max-attempts?");
			assertThat(predict(context)).isEqualTo("second");
		});
	}

	@Test
	void keyWithoutEffectIsReported(CapturedOutput output) {
		application().run((context) -> {
			refresh(context, Map.of("token", "second", "probe.period", "7s"));
			assertThat(output).contains(MNIST + "probe.period (")
				.contains("has no effect, since probe.enabled is not set.");
			assertThat(predict(context)).isEqualTo("second");
		});
	}

	@Test
	void placeholderThatNothingResolvesIsNamed(CapturedOutput output) {
		application().run((context) -> {
			refresh(context, Map.of("token", "first", "retry.max-attempts", "${nowhere}"));
			assertThat(output).contains("mnist: the previous settings stay in use").contains("nowhere");
			assertThat(predict(context)).isEqualTo("first");
		});
	}

	@Test
	void replacedRetryKeepsItsTags() {
		RetryRegistry registry = RetryRegistry.of(Map.of(), Map.of("team", "a"));
		application().withBean(RetryRegistry.class, () -> registry).run((context) -> {
			Retry before = registry.retry("eas-mnist");
			refresh(context, Map.of("token", "first", "retry.max-attempts", "5"));
			assertThat(registry.retry("eas-mnist")).isNotSameAs(before);
			assertThat(registry.retry("eas-mnist").getTags()).containsEntry("team", "a");
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
					"mnist: the previous settings stay in use, since a changed setting can't be used: " + message);
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
