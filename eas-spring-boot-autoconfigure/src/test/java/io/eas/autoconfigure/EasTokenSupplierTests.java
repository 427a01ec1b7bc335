package io.eas.autoconfigure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.eas.Eas;
import io.eas.client.EasClients;
import io.eas.client.EasTimeoutException;
import io.eas.client.auth.AuthScheme;
import io.eas.client.auth.EasTokenSupplier;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import io.eas.properties.InvalidEasPropertyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tokens from a bean. The open services answer with the token they were shown.
 */
@ExtendWith(OutputCaptureExtension.class)
class EasTokenSupplierTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static EasEmulator eas;

	@BeforeAll
	static void start() {
		eas = EasEmulator.builder()
			.admin(false)
			.service("mnist",
					(service) -> service.instance((instance) -> instance.handler((request) -> Mono
						.just(EmulatedResponse.text(200, String.valueOf(request.header("Authorization")))))))
			.service("llm",
					(service) -> service.instance((instance) -> instance.handler((request) -> Mono
						.just(EmulatedResponse.text(200, String.valueOf(request.header("Authorization")))))))
			.service("locked", (service) -> service.token("abc")
				.instance((instance) -> instance.handler((request) -> Mono.just(EmulatedResponse.text(200, "in")))))
			.build()
			.start();
	}

	@AfterAll
	static void stop() {
		eas.close();
	}

	private static ApplicationContextRunner application(String... properties) {
		return LocalEas.application()
			.withPropertyValues("eas.endpoint=" + eas.endpoint(), "eas.discovery.allowed-networks=127.0.0.0/8",
					"eas.services.mnist.auth.scheme=token", "eas.services.llm.auth.scheme=bearer")
			.withPropertyValues(properties);
	}

	private static String predict(EasClients clients, String alias) {
		return clients.get(alias).predict("x", String.class).block(PATIENCE);
	}

	@Test
	void oneBeanSuppliesTheTokensOfAllServices() {
		application().withBean(EasTokenSupplier.class, () -> (alias) -> Mono.just("of-" + alias)).run((context) -> {
			EasClients clients = context.getBean(EasClients.class);
			assertThat(predict(clients, "mnist")).isEqualTo("of-mnist");
			assertThat(predict(clients, "llm")).isEqualTo("Bearer of-llm");
		});
	}

	@Test
	void amongSeveralBeansThatOfTheAliasIsUsed() {
		application().withBean("mnist", EasTokenSupplier.class, () -> (alias) -> Mono.just("a"))
			.withBean("llm", EasTokenSupplier.class, () -> (alias) -> Mono.just("b"))
			.run((context) -> {
				EasClients clients = context.getBean(EasClients.class);
				assertThat(predict(clients, "mnist")).isEqualTo("a");
				assertThat(predict(clients, "llm")).isEqualTo("Bearer b");
			});
	}

	@Test
	void severalBeansOfWhichNoneIsMeantForTheServiceAreNamed() {
		application().withBean("a", EasTokenSupplier.class, () -> (alias) -> Mono.just("a"))
			.withBean("b", EasTokenSupplier.class, () -> (alias) -> Mono.just("b"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidEasPropertyException.class, (ex) -> {
					assertThat(ex)
						.hasMessageContaining(".auth.scheme must be 'none' where there is no token, and none of "
								+ "the EasTokenSupplier beans a, b is meant for this service, was ");
					assertThat(ex.getRemedy()).matches("Give one of them the name or @Qualifier \"(mnist|llm)\", .*");
				}));
	}

	@Test
	void configuredTokenIsUsedInstead() {
		application("eas.services.mnist.token=configured")
			.withBean(EasTokenSupplier.class, () -> (alias) -> Mono.just("supplied"))
			.run((context) -> {
				EasClients clients = context.getBean(EasClients.class);
				assertThat(predict(clients, "mnist")).isEqualTo("configured");
				assertThat(predict(clients, "llm")).isEqualTo("Bearer supplied");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "signature", "token", "bearer" })
	void everySchemeTakesASuppliedToken(String scheme) {
		application("eas.services.locked.auth.scheme=" + scheme)
			.withBean(EasTokenSupplier.class, () -> (alias) -> Mono.just("abc"))
			.run((context) -> assertThat(predict(context.getBean(EasClients.class), "locked")).isEqualTo("in"));
	}

	@Test
	void programWithoutSpringTakesASupplier() {
		try (EasClients clients = Eas.builder()
			.endpoint(eas.endpoint())
			.discovery((discovery) -> discovery.allowedNetworks("127.0.0.0/8"))
			.authScheme(AuthScheme.TOKEN)
			.tokenSupplier((alias) -> Mono.just("plain"))
			.service("mnist")
			.build()) {
			assertThat(predict(clients, "mnist")).isEqualTo("plain");
		}
	}

	@Test
	void callThatGetsNoTokenInTimeSaysSo() {
		application("eas.http.request-timeout=200ms").withBean(EasTokenSupplier.class, () -> (alias) -> Mono.never())
			.run((context) -> {
				EasClients clients = context.getBean(EasClients.class);
				assertThatExceptionOfType(EasTimeoutException.class).isThrownBy(() -> predict(clients, "mnist"))
					.withMessage("mnist: no answer within 200 ms, the time of the whole call (http.request-timeout); "
							+ "the EasTokenSupplier has given no token so far");
			});
	}

	@Test
	void callThatWaitsForASupplierThatFailsSaysWhy(CapturedOutput output) {
		application("eas.http.request-timeout=2s")
			.withBean(EasTokenSupplier.class, () -> (alias) -> Mono.just("sEcReT\n"))
			.run((context) -> assertThatExceptionOfType(EasTimeoutException.class)
				.isThrownBy(() -> predict(context.getBean(EasClients.class), "mnist"))
				.withMessageEndingWith(
						"the EasTokenSupplier has given no token so far; it has failed: its token can't be "
								+ "sent: it has characters other than visible ASCII, such as U+000A"));
		assertThat(output).contains("so calls wait for the first token: its token can't be sent: ")
			.doesNotContain("sEcReT");
	}

	@Test
	void callsWaitForTheFirstToken() {
		Sinks.One<String> vault = Sinks.one();
		application().withBean(EasTokenSupplier.class, () -> (alias) -> vault.asMono()).run((context) -> {
			Mono<String> call = context.getBean(EasClients.class).get("mnist").predict("x", String.class).cache();
			Mono<String> waiting = call.doOnSubscribe((subscription) -> vault.tryEmitValue("late"));
			assertThat(waiting.block(PATIENCE)).isEqualTo("late");
		});
	}

	@Test
	void failureKeepsTheTokenAndShowsNone(CapturedOutput output) {
		AtomicReference<Mono<String>> vault = new AtomicReference<>(Mono.just("first"));
		EasTokenSupplier supplier = new EasTokenSupplier() {

			@Override
			public Mono<String> token(String alias) {
				return vault.get();
			}

			@Override
			public Duration refreshInterval() {
				return Duration.ZERO;
			}

		};
		application().withBean(EasTokenSupplier.class, () -> supplier).run((context) -> {
			EasClients clients = context.getBean(EasClients.class);
			assertThat(predict(clients, "mnist")).isEqualTo("first");
			vault.set(Mono.error(new IllegalStateException("not first")));
			await().atMost(PATIENCE)
				.until(() -> output.getAll()
					.contains("mnist: the EasTokenSupplier failed, keeping the previous token: "
							+ "java.lang.IllegalStateException"));
			assertThat(predict(clients, "mnist")).isEqualTo("first");
			vault.set(Mono.just("second"));
			await().atMost(PATIENCE).until(() -> predict(clients, "mnist"), "second"::equals);
		});
		assertThat(output).doesNotContain("not first");
	}

}
