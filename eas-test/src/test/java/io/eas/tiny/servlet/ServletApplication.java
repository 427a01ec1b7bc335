package io.eas.tiny.servlet;

import java.util.List;

import io.eas.client.EasClient;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A Spring MVC application, whose controller waits for the answer. */
@SpringBootApplication
public class ServletApplication {

	public static void main(String[] args) {
		SpringApplication.run(ServletApplication.class, args);
	}

	@RestController
	static class DigitController {

		private final EasClient mnist;

		DigitController(EasClient mnist) {
			this.mnist = mnist;
		}

		@PostMapping("/digits")
		Digit classify(@RequestBody Image image) {
			return this.mnist.blocking().predict(image, Digit.class);
		}

	}

	record Image(List<Float> image) {
	}

	record Digit(int digit, double confidence) {
	}

}
