package io.eas.sample.app.walkthrough;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers {@code GET /test-digits} with the digits that the page sends one after the
 * other. The grey values are in Base64.
 */
@RestController
class TestDigitController {

	private final List<TestDigit> digits = TestDigit.all();

	@GetMapping("/test-digits")
	List<TestDigit> digits() {
		return this.digits;
	}

}
