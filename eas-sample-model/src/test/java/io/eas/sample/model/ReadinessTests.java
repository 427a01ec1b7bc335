package io.eas.sample.model;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ReadinessTests {

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private final CountDownLatch load = new CountDownLatch(1);

	@Test
	void refusesTrafficUntilTheModelIsLoaded() throws Exception {
		CompletableFuture<ConfigurableApplicationContext> start = CompletableFuture.supplyAsync(this::start);
		WebTestClient client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.port.get(1, TimeUnit.MINUTES))
			.responseTimeout(Duration.ofMinutes(1))
			.build();
		await().untilAsserted(() -> expect(client, "/livez", 200));
		expect(client, "/readyz", 503);
		expectPrediction(client, 503);
		this.load.countDown();
		try (ConfigurableApplicationContext context = start.get(1, TimeUnit.MINUTES)) {
			assertThat(context.isRunning()).isTrue();
			expect(client, "/readyz", 200);
			expect(client, "/actuator/health/readiness", 200);
			expectPrediction(client, 200);
		}
	}

	private ConfigurableApplicationContext start() {
		ApplicationListener<WebServerInitializedEvent> listener = (event) -> this.port
			.complete(event.getWebServer().getPort());
		ApplicationContextInitializer<GenericApplicationContext> waits = (context) -> context.registerBean(Waits.class,
				() -> new Waits(this.load));
		return new SpringApplicationBuilder(ModelApplication.class).listeners(listener)
			.initializers(waits)
			.run("--server.port=0", "--server.address=127.0.0.1", "--eas.server.allow-loopback=true");
	}

	private static void expect(WebTestClient client, String path, int status) {
		client.get().uri(path).exchange().expectStatus().isEqualTo(status).expectBody().returnResult();
	}

	private static void expectPrediction(WebTestClient client, int status) {
		client.post()
			.uri("/api/predict/digits")
			.bodyValue(TestDigits.ALL.image(0))
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult();
	}

	/** Holds up the runner that loads the model. */
	@Order(Ordered.HIGHEST_PRECEDENCE)
	private static final class Waits implements ApplicationRunner {

		private final CountDownLatch latch;

		Waits(CountDownLatch latch) {
			this.latch = latch;
		}

		@Override
		public void run(ApplicationArguments args) throws InterruptedException {
			if (!this.latch.await(30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("the test never let the model be loaded");
			}
		}

	}

}
