package io.eas.sample.app.local;

import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.sample.app.LocalSample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@LocalSample
class LocalInstancesControllerTests {

	private static final String FIRST = "/local/instances/mnist_saved_model_example-0/kill";

	private WebTestClient client;

	@Autowired
	private EasEmulator localEas;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofMinutes(1))
			.build();
	}

	@Test
	void aForeignPageKillsNothing() {
		EmulatedInstance instance = this.localEas.service("mnist_saved_model_example").instance(0);
		long before = instance.pid().orElseThrow();
		this.client.post()
			.uri(FIRST)
			.exchange()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("Required header 'X-Sample-Page' is not present.");
		this.client.options()
			.uri(FIRST)
			.header("Origin", "http://evil.example")
			.header("Access-Control-Request-Method", "POST")
			.header("Access-Control-Request-Headers", "X-Sample-Page")
			.exchange()
			.expectHeader()
			.doesNotExist("Access-Control-Allow-Origin")
			.expectBody()
			.isEmpty();
		assertThat(instance.pid()).hasValue(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example:8000", "127.0.0.1.evil.example", "192.168.0.7:8000" })
	void aForeignPageThatIsResolvedToThisMachineKillsNothing(String host) {
		EmulatedInstance instance = this.localEas.service("mnist_saved_model_example").instance(0);
		long before = instance.pid().orElseThrow();
		this.client.post()
			.uri(FIRST)
			.header("Host", host)
			.header("X-Sample-Page", "1")
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The header Host must be localhost or 127.0.0.1, since only this machine may kill an instance.");
		assertThat(instance.pid()).hasValue(before);
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere 127.0.0.1 is the only address of the loopback interface")
	void otherAddressesThanLocalhostAreRefused(@LocalServerPort int port) {
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Socket("127.0.0.2", port).close());
	}

	@ParameterizedTest
	@ValueSource(strings = { "mnist_saved_model_example-77", "0" })
	void anInstanceThatDoesNotExistIsNotFound(String name) {
		this.client.post()
			.uri("/local/instances/{name}/kill", name)
			.header("X-Sample-Page", "1")
			.exchange()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo(404)
			.jsonPath("$.detail")
			.isEqualTo("There is no instance " + name + "; the instances are [mnist_saved_model_example-0].");
	}

}
