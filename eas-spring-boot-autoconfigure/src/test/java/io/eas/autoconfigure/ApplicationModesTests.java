package io.eas.autoconfigure;

import java.time.Duration;

import io.eas.client.EasClient;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications with lazy beans and, on a Java that has them, virtual threads.
 */
class ApplicationModesTests {

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void lazyApplicationOnVirtualThreadsMakesCalls(WebApplicationType type) {
		try (EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "answer")), 1, 1)) {
			SpringApplication application = new SpringApplication(Application.class);
			application.setWebApplicationType(type);
			try (ConfigurableApplicationContext context = application.run("--spring.main.banner-mode=off",
					"--spring.reactor.netty.shutdown-quiet-period=50ms", "--spring.main.lazy-initialization=true",
					"--spring.threads.virtual.enabled=true", "--server.port=0", "--server.address=127.0.0.1",
					"--eas.endpoint=" + eas.endpoint(), "--eas.token=" + LocalEas.TOKEN,
					"--eas.discovery.allowed-networks=127.0.0.0/8", "--eas.services.echo.service-name=echo")) {
				RestClient browser = RestClient
					.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
				assertThat(browser.get().uri("/reactive").retrieve().body(String.class)).isEqualTo("answer");
				if (type == WebApplicationType.SERVLET) {
					assertThat(browser.get().uri("/blocking").retrieve().body(String.class)).isEqualTo("answer");
				}
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = {
			"org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration" })
	@Import(Pages.class)
	static class Application {

	}

	@RestController
	static class Pages {

		private final EasClient echo;

		Pages(EasClient echo) {
			this.echo = echo;
		}

		@GetMapping("/reactive")
		Mono<String> reactive() {
			return this.echo.predict("x", String.class).timeout(Duration.ofSeconds(30));
		}

		@GetMapping("/blocking")
		String blocking() {
			return String.valueOf(this.echo.blocking().predict("x", String.class));
		}

	}

}
