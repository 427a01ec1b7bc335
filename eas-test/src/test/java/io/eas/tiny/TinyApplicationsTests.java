package io.eas.tiny;

import java.util.List;
import java.util.Map;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedRequest;
import io.eas.emulator.EmulatedResponse;
import io.eas.emulator.EmulatedService;
import io.eas.test.local.LocalEas;
import io.eas.test.local.LocalEasService;
import io.eas.tiny.httpinterface.HttpInterfaceApplication;
import io.eas.tiny.plain.PlainApplication;
import io.eas.tiny.reactive.ReactiveApplication;
import io.eas.tiny.servlet.ServletApplication;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The smallest applications of each kind, written as the guide says, start with the
 * configuration that the guide shows and notice nothing of an instance that is killed.
 */
@Tag("application")
class TinyApplicationsTests {

	private static final String CONFIGURATION = "spring.config.location=classpath:/tiny/application.yml";

	private static void assertThatDigitsAreClassifiedWithoutTheFirstInstance(int port, EmulatedService mnist) {
		mnist.instance(0).kill();
		RestClient browser = RestClient.create("http://127.0.0.1:" + port);
		for (int n = 0; n < 10; n++) {
			assertThat(browser.post().uri("/digits").body(Map.of("image", List.of(0.5f))).retrieve().body(String.class))
				.isEqualTo("{\"digit\":7,\"confidence\":1.0}");
		}
		assertThat(mnist.instance(1).requests()).isGreaterThanOrEqualTo(10);
	}

	@Nested
	@SpringBootTest(classes = ReactiveApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { CONFIGURATION, "spring.main.web-application-type=reactive" })
	@LocalEas(@LocalEas.Service(alias = "mnist", instances = 2, handler = Model.class))
	class Reactive {

		@Test
		void controllerReturnsWhatTheClientGives(@LocalServerPort int port,
				@LocalEasService("mnist") EmulatedService mnist) {
			assertThatDigitsAreClassifiedWithoutTheFirstInstance(port, mnist);
		}

	}

	@Nested
	@SpringBootTest(classes = ServletApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = CONFIGURATION)
	@LocalEas(@LocalEas.Service(alias = "mnist", instances = 2, handler = Model.class))
	class Servlet {

		@Test
		void controllerWaitsForTheAnswer(@LocalServerPort int port, @LocalEasService("mnist") EmulatedService mnist) {
			assertThatDigitsAreClassifiedWithoutTheFirstInstance(port, mnist);
		}

	}

	@Nested
	@SpringBootTest(classes = HttpInterfaceApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = CONFIGURATION)
	@LocalEas(@LocalEas.Service(alias = "mnist", instances = 2, handler = Model.class))
	class HttpInterface {

		@Test
		void controllerCallsAnInterface(@LocalServerPort int port, @LocalEasService("mnist") EmulatedService mnist) {
			assertThatDigitsAreClassifiedWithoutTheFirstInstance(port, mnist);
		}

	}

	@Nested
	@ExtendWith(OutputCaptureExtension.class)
	class Plain {

		@Test
		void mainCallsTheModelWithoutSpring(CapturedOutput output) {
			try (EasEmulator eas = EasEmulator.builder()
				.service("mnist_saved_model_example",
						(service) -> service.token("abc").instances(2, (instance) -> instance.handler(new Model())))
				.build()
				.start()) {
				eas.service("mnist_saved_model_example").instance(0).kill();
				PlainApplication.main(new String[] { eas.endpoint(), "abc" });
			}
			assertThat(output).contains("It is a 7.");
		}

	}

	static class Model implements EmulatedHandler {

		@Override
		public Mono<EmulatedResponse> handle(EmulatedRequest request) {
			return Mono.just(EmulatedResponse.json(200, "{\"digit\":7,\"confidence\":1.0}"));
		}

	}

}
