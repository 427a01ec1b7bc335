package io.eas.sample.app.local;

import java.time.Duration;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.sample.app.LocalSample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@LocalSample
class LocalInstancesControllerTests {

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
			.uri("/local/instances/0/kill")
			.exchange()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("Required header 'X-Sample-Page' is not present.");
		this.client.options()
			.uri("/local/instances/0/kill")
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

	@Test
	void anInstanceThatDoesNotExistIsNotFound() {
		this.client.post()
			.uri("/local/instances/7/kill")
			.header("X-Sample-Page", "1")
			.exchange()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo(404);
	}

}
