package io.eas.readme;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application of the examples. */
@SpringBootApplication
class DigitApplication {

	public static void main(String[] args) {
		SpringApplication.run(DigitApplication.class, args);
	}

}
