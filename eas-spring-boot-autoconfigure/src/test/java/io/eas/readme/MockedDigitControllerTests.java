package io.eas.readme;

import java.util.List;

import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.eas.client.EasStatusException;
import io.eas.instance.EasInstance;
import io.eas.readme.DigitController.Digit;
import io.eas.readme.DigitController.Image;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;

@SpringBootTest(properties = "eas.enabled=false")
class MockedDigitControllerTests {

	@MockitoBean
	private EasClient mnist;

	@Test
	void saysWhatTheModelSays(@Autowired DigitController controller) {
		given(this.mnist.predict(any(), eq(Digit.class))).willReturn(Mono.just(new Digit(7, 0.9)));
		assertThat(controller.classify(new Image(List.of(0.5f))).block().digit()).isEqualTo(7);
	}

	@Test
	void failsWithTheModel(@Autowired DigitController controller) {
		EasException.Attempt attempt = new EasException.Attempt("mnist", EasInstance.parse("10.0.0.1:8080"));
		given(this.mnist.predict(any(), eq(Digit.class)))
			.willReturn(Mono.error(new EasStatusException(attempt, 503, "busy")));
		StepVerifier.create(controller.classify(new Image(List.of(0.5f))))
			.verifyErrorMessage("mnist: attempt 1 of 1 on 10.0.0.1:8080: status 503, the answer says: busy");
	}

}
