package io.eas.readme;

import java.util.List;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import io.eas.readme.DigitController.Image;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = "eas.services.mnist.service-name=mnist_saved_model_example")
class DigitControllerTests {

	private static final EasEmulator EAS = EasEmulator.builder()
		.service("mnist_saved_model_example",
				(service) -> service.token("abc")
					.instances(2, (instance) -> instance.handler(
							(request) -> Mono.just(EmulatedResponse.json(200, "{\"digit\":7,\"confidence\":1.0}")))))
		.build()
		.start();

	@DynamicPropertySource
	static void eas(DynamicPropertyRegistry properties) {
		properties.add("eas.endpoint", EAS::endpoint);
		properties.add("eas.token", () -> "abc");
		properties.add("eas.discovery.allowed-networks", () -> "127.0.0.0/8");
	}

	@Test
	void doesNotNoticeAnInstanceThatAnswers503(@Autowired DigitController controller) {
		EAS.service("mnist_saved_model_example").instance(0).status(503);
		for (int n = 0; n < 10; n++) {
			assertThat(controller.classify(new Image(List.of(0.5f))).block().digit()).isEqualTo(7);
		}
	}

}
