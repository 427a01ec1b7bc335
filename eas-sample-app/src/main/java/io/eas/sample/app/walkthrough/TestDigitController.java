package io.eas.sample.app.walkthrough;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers {@code GET /test-digits}: what the page streams, with the grey values of each
 * digit in Base64.
 */
@RestController
class TestDigitController {

	private final List<TestDigit> digits = TestDigit.all();

	@GetMapping("/test-digits")
	List<TestDigit> digits() {
		return this.digits;
	}

}
