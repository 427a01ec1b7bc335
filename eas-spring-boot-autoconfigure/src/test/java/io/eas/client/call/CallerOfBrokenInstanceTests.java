package io.eas.client.call;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.eas.Eas;
import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasTimeoutException;
import io.eas.client.auth.AuthScheme;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedInstance;
import io.eas.service.ServiceSettings.Mode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.DisconnectedClientHelper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a caller of the application gets if an instance breaks its connection: status 500,
 * although Spring ignores an exception if the caller's own connection has broken.
 */
class CallerOfBrokenInstanceTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final EasEmulator EAS = EasEmulator.builder()
		.admin(false)
		.service("echo", (service) -> service.instance((instance) -> instance.handler(EmulatedHandler.echo())))
		.build()
		.start();

	private static final EasClients CLIENTS = Eas.builder()
		.mode(Mode.STATIC)
		.instances(EAS.service("echo").instance(0).address())
		.authScheme(AuthScheme.NONE)
		.service("echo")
		.build();

	@AfterAll
	static void close() {
		CLIENTS.close();
		EAS.close();
	}

	static Stream<Named<Consumer<EmulatedInstance>>> faults() {
		return Stream.of(Named.of("reset", EmulatedInstance::reset), Named.of("half", EmulatedInstance::half),
				Named.of("refuse", EmulatedInstance::refuse));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void isToldOfTheFailure(Consumer<EmulatedInstance> fault) {
		EmulatedInstance instance = EAS.service("echo").instance(0);
		EasClient client = CLIENTS.get("echo");
		fault.accept(instance);
		WebTestClient.bindToController(new Echo(client))
			.build()
			.get()
			.uri("/")
			.exchange()
			.expectStatus()
			.isEqualTo(500);
		assertThatExceptionOfType(EasException.class)
			.isThrownBy(() -> client.predict("x", String.class).block(PATIENCE))
			.satisfies(
					(failure) -> assertThat(DisconnectedClientHelper.isClientDisconnectedException(failure)).isFalse());
		instance.heal();
	}

	@Test
	void isToldOfARefusalAfterABrokenConnection() {
		EasConnectionException broken = new EasConnectionException(new EasException.Attempt("echo", null),
				"the connection broke: Connection reset by peer", null);
		EasException.Attempt second = new EasException.Attempt("echo", null, 2, 3, null, (any) -> true, () -> "",
				List.of(broken));
		EasTimeoutException failure = new EasTimeoutException(second, "no answer", null, false);
		assertThat(failure).hasMessageContaining("Connection reset by peer");
		assertThat(DisconnectedClientHelper.isClientDisconnectedException(failure)).isFalse();
	}

	@RestController
	record Echo(EasClient client) {

		@GetMapping("/")
		Mono<String> echo() {
			return this.client.predict("x", String.class);
		}

	}

}
