package io.eas.autoconfigure;

import java.time.Duration;
import java.util.function.Consumer;

import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a load-balanced {@code WebClient}, whose connections and headers are the
 * application's, does with the redirect of an instance.
 */
class WebClientRedirectTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Test
	void redirectIsAResponseUnlessTheConnectorFollowsIt() throws Exception {
		with((servers) -> {
			HttpStatusCode status = request(servers.builder()).block(PATIENCE);
			assertThat(status.value()).isEqualTo(307);
			assertThat(servers.target().requests()).isEmpty();
		});
	}

	@Test
	void authorizationIsNotSentToTheTargetOfARedirect() throws Exception {
		with((servers) -> {
			HttpStatusCode status = request(servers.builder()
				.clientConnector(new ReactorClientHttpConnector(HttpClient.create().followRedirect(true))))
				.block(PATIENCE);
			assertThat(status.value()).isEqualTo(200);
			assertThat(servers.instance().requests()).singleElement().asString().contains("EAS signature", "mine");
			assertThat(servers.target().requests()).singleElement()
				.asString()
				.doesNotContainIgnoringCase("authorization")
				.doesNotContain("EAS signature")
				.contains("mine");
		});
	}

	private static Mono<HttpStatusCode> request(WebClient.Builder builder) {
		return builder.build()
			.get()
			.uri("http://raw/a")
			.header("Authorization", "EAS signature")
			.header("X-Token", "mine")
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode()));
	}

	private static void with(Consumer<Servers> test) throws Exception {
		try (RawServer target = RawServer
			.answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
				RawServer instance = RawServer
					.answering("HTTP/1.1 307 Moved\r\nConnection: close\r\nLocation: http://127.0.0.1:" + target.port()
							+ "/b\r\nContent-Length: 0\r\n\r\n")) {
			SpringApplication application = new SpringApplication(LoadBalancedWebClientTests.Application.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			try (ConfigurableApplicationContext context = application.run("--spring.main.banner-mode=off",
					"--spring.reactor.netty.shutdown-quiet-period=0s", "--eas.services.raw.mode=static",
					"--eas.services.raw.auth.scheme=none",
					"--eas.services.raw.instances=127.0.0.1:" + instance.port())) {
				test.accept(new Servers(instance, target, context.getBean("balanced", WebClient.Builder.class)));
			}
		}
	}

	private record Servers(RawServer instance, RawServer target, WebClient.Builder builder) {
	}

}
