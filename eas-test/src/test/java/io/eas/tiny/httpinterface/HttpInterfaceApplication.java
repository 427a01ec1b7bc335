package io.eas.tiny.httpinterface;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** A Spring MVC application that sees the model as an interface. */
@SpringBootApplication
@ImportHttpServices(group = "mnist", types = HttpInterfaceApplication.DigitService.class)
public class HttpInterfaceApplication {

	public static void main(String[] args) {
		SpringApplication.run(HttpInterfaceApplication.class, args);
	}

	interface DigitService {

		@PostExchange
		Digit classify(@RequestBody Image image);

	}

	@RestController
	static class DigitController {

		private final DigitService digits;

		DigitController(DigitService digits) {
			this.digits = digits;
		}

		@PostMapping("/digits")
		Digit classify(@RequestBody Image image) {
			return this.digits.classify(image);
		}

	}

	record Image(List<Float> image) {
	}

	record Digit(int digit, double confidence) {
	}

}
