package io.eas.readme;

import java.util.List;

import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedRequest;
import io.eas.emulator.EmulatedResponse;
import io.eas.emulator.EmulatedService;
import io.eas.readme.DigitController.Image;
import io.eas.test.local.LocalEas;
import io.eas.test.local.LocalEasService;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@LocalEas(@LocalEas.Service(alias = "mnist", instances = 2, handler = DigitControllerTests.Model.class))
class DigitControllerTests {

	@Test
	void doesNotNoticeAnInstanceThatAnswers503(@Autowired DigitController controller,
			@LocalEasService("mnist") EmulatedService mnist) {
		mnist.instance(0).status(503);
		for (int n = 0; n < 10; n++) {
			assertThat(controller.classify(new Image(List.of(0.5f))).block().digit()).isEqualTo(7);
		}
	}

	static class Model implements EmulatedHandler {

		@Override
		public Mono<EmulatedResponse> handle(EmulatedRequest request) {
			return Mono.just(EmulatedResponse.json(200, "{\"digit\":7,\"confidence\":1.0}"));
		}

	}

}
