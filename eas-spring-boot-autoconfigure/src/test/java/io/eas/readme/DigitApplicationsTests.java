package io.eas.readme;

import java.util.List;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import io.eas.readme.DigitController.Digit;
import io.eas.readme.DigitController.Image;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Small servlet applications, written as the guide says, notice nothing of an instance
 * that fails.
 */
@Tag("application")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
		"eas.services.mnist.service-name=mnist_saved_model_example", "spring.main.web-application-type=servlet" })
class DigitApplicationsTests {

	private static final Image IMAGE = new Image(List.of(0.5f));

	private static final EasEmulator EAS = EasEmulator.builder()
		.service("mnist_saved_model_example",
				(service) -> service.token("abc")
					.instances(3, (instance) -> instance.handler(
							(request) -> Mono.just(EmulatedResponse.json(200, "{\"digit\":7,\"confidence\":1.0}")))))
		.build()
		.start();

	@DynamicPropertySource
	static void eas(DynamicPropertyRegistry properties) {
		properties.add("eas.endpoint", EAS::endpoint);
		properties.add("eas.token", () -> "abc");
		properties.add("eas.discovery.allowed-networks", () -> "127.0.0.0/8");
	}

	@AfterEach
	void heal() {
		EAS.service("mnist_saved_model_example").instances().forEach((instance) -> instance.heal());
	}

	@AfterAll
	static void stop() {
		EAS.close();
	}

	@Test
	void aControllerOverTheRestClient(@LocalServerPort int port) {
		EAS.service("mnist_saved_model_example").instance(0).refuse();
		RestClient browser = RestClient.create("http://127.0.0.1:" + port);
		for (int n = 0; n < 10; n++) {
			assertThat(browser.post().uri("/pages").body(IMAGE).retrieve().body(Digit.class).digit()).isEqualTo(7);
		}
	}

	@Test
	void anHttpInterface(@Autowired DigitService digits) {
		EAS.service("mnist_saved_model_example").instance(1).status(503);
		for (int n = 0; n < 10; n++) {
			assertThat(digits.classify(IMAGE).digit()).isEqualTo(7);
		}
	}

	@Test
	void aServiceThatBlocks(@Autowired Digits digits) {
		EAS.service("mnist_saved_model_example").instance(2).reset();
		for (int n = 0; n < 10; n++) {
			assertThat(digits.classify(IMAGE).digit()).isEqualTo(7);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = {
			"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration" })
	@Import({ SpringClients.class, DigitServices.class, Digits.class, Pages.class })
	static class Application {

	}

	@RestController
	static class Pages {

		private final RestClient mnistClient;

		Pages(RestClient mnistClient) {
			this.mnistClient = mnistClient;
		}

		@PostMapping("/pages")
		Digit classify(@RequestBody Image image) {
			return SpringClients.classify(this.mnistClient, image);
		}

	}

}
