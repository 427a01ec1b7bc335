package io.eas.readme;

import io.eas.test.local.LocalEas;

import org.springframework.boot.SpringApplication;

@LocalEas(@LocalEas.Service(alias = "mnist", serviceJson = "service.json", directory = "target"))
class TestDigitApplication {

	public static void main(String[] args) {
		SpringApplication.from(DigitApplication::main).with(TestDigitApplication.class).run(args);
	}

}
