package io.eas.test.local;

import java.time.Duration;
import java.time.Instant;

import io.eas.client.EasClients;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedRequest;
import io.eas.emulator.EmulatedResponse;
import io.eas.emulator.EmulatedService;
import io.eas.service.EasServices;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("application")
@SpringBootTest(classes = LocalEasTests.Application.class,
		properties = { "eas.endpoint=127.0.0.1:9", "eas.token-file=/nowhere",
				"eas.services.mnist.service-name=mnist_example", "eas.services.mnist.token=another" })
@LocalEas({ @LocalEas.Service(alias = "mnist", instances = 2, handler = LocalEasTests.Named.class),
		@LocalEas.Service(alias = "echo"),
		@LocalEas.Service(alias = "command",
				command = { "sh", "-c",
						"exec ${JAVA_HOME:+$JAVA_HOME/bin/}java -XX:TieredStopAtLevel=1 "
								+ "src/test/resources/model/Model.java command" },
				readyPath = "/"),
		@LocalEas.Service(alias = "deployed", serviceJson = "classpath:model/service.json") })
class LocalEasTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@LocalEasService("mnist")
	private EmulatedService mnist;

	@Autowired
	private EasClients clients;

	private String predict(String alias) {
		return this.clients.get(alias).predict("hello", String.class).block(PATIENCE);
	}

	@Test
	void handlerIsCreatedWithTheBeansThatItNeeds() {
		assertThat(predict("mnist")).isEqualTo("the model of the application");
	}

	@Test
	void serviceThatIsNotConfiguredIsAddedUnderItsAlias(@LocalEasService("echo") EmulatedService echo) {
		assertThat(predict("echo")).isEqualTo("hello");
		assertThat(echo.name()).isEqualTo("echo");
		assertThat(echo.instances()).hasSize(1);
	}

	@Test
	void configuredNameIsUsed() {
		assertThat(this.mnist.name()).isEqualTo("mnist_example");
		assertThat(this.mnist.instances()).hasSize(2);
	}

	@Test
	void commandAnswers() {
		assertThat(predict("command")).isEqualTo("command");
	}

	@Test
	void serviceJsonAnswersUnderItsName(@LocalEasService("deployed") EmulatedService deployed) {
		assertThat(predict("deployed")).isEqualTo("deployed");
		assertThat(deployed.name()).isEqualTo("deployed_model");
	}

	@Test
	void faultsAreHealedAfterEachTest(@Autowired EasEmulator eas, @Autowired EasServices services) throws Exception {
		this.mnist.instance(0).kill();
		this.mnist.instance(1).status(503);
		this.mnist.instance(1).unlist();
		eas.discovery().garbage();
		predictWhateverComes();
		new TestContextManager(LocalEasTests.class).afterTestMethod(this,
				LocalEasTests.class.getDeclaredMethod("configuredNameIsUsed"), null);
		assertThat(this.mnist.instances()).allSatisfy((instance) -> {
			assertThat(instance.fault()).isEqualTo("none");
			assertThat(instance.listed()).isTrue();
		});
		assertThat(eas.discovery().fault()).isEqualTo("none");
		assertThat(services.service("mnist").describe(Instant.now()).instances())
			.allSatisfy((instance) -> assertThat(instance.state()).isEqualTo("live"));
	}

	private void predictWhateverComes() {
		for (int call = 0; call < 4; call++) {
			this.clients.get("mnist").predict("hello", String.class).onErrorComplete().block(PATIENCE);
		}
	}

	@Nested
	class OfANestedClass {

		@Test
		void theLocalEasIsThatOfTheEnclosingClass(@LocalEasService("mnist") EmulatedService nested) {
			assertThat(nested).isSameAs(LocalEasTests.this.mnist);
		}

	}

	static class Named implements EmulatedHandler {

		private final String name;

		Named(String name) {
			this.name = name;
		}

		@Override
		public Mono<EmulatedResponse> handle(EmulatedRequest request) {
			return Mono.just(EmulatedResponse.text(200, this.name));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		String modelName() {
			return "the model of the application";
		}

	}

}
