package io.eas.readme;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.eas.client.EasClient;
import io.eas.client.EasCodecException;
import io.eas.client.EasConnectException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasRequest;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedResponse;
import io.eas.instance.EasInstance;
import io.eas.readme.DigitController.Digit;
import io.eas.readme.DigitController.Image;
import io.eas.server.ServedApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Answers;
import org.mockito.Mockito;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;

/**
 * What the guide says of callers that block, and of what their own callers get.
 */
class GuideTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final EasException.Attempt NOWHERE = new EasException.Attempt("mnist", null);

	private static final Image IMAGE = new Image(List.of(0.5f));

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void whatTheModelDoesNotAnswerHasTheStatusesOfAGateway(WebApplicationType type) {
		try (ConfigurableApplicationContext application = ServedApplication.start(type, List.of(Advised.class))) {
			String port = application.getEnvironment().getProperty("local.server.port");
			EasClient mnist = application.getBean(EasClient.class);
			assertThat(status(port, mnist, new EasTimeoutException(NOWHERE, "no answer in time", null, true)))
				.isEqualTo(504);
			assertThat(status(port, mnist, new EasNoInstanceException(NOWHERE, "no instance is known", null)))
				.isEqualTo(503);
			assertThat(status(port, mnist, new EasConnectException(NOWHERE, "no connection", null))).isEqualTo(502);
			assertThat(status(port, mnist, new EasCodecException(NOWHERE, "no JSON", null))).isEqualTo(502);
		}
	}

	private static int status(String port, EasClient mnist, EasException failure) {
		given(mnist.predict(any(), eq(Digit.class))).willReturn(Mono.error(failure));
		return WebClient.create("http://127.0.0.1:" + port)
			.post()
			.uri("/digits")
			.bodyValue(IMAGE)
			.exchangeToMono((response) -> response.bodyToMono(String.class)
				.doOnNext((body) -> assertThat(body).contains("The model mnist gave no answer."))
				.thenReturn(response.statusCode()))
			.map(HttpStatusCode::value)
			.block(PATIENCE);
	}

	@Test
	void callersThatBlockGetAnswersInOrder() {
		// a digit is as long as its image, and shorter ones come sooner
		EmulatedHandler model = (request) -> {
			int digit = new String(request.body(), StandardCharsets.UTF_8).split(",").length;
			return Mono.delay(Duration.ofMillis(30L * digit))
				.thenReturn(EmulatedResponse.json(200, "{\"digit\":" + digit + ",\"confidence\":1.0}"));
		};
		try (EasEmulator eas = LocalEas.start(model, 100, 100)) {
			digits(eas).run((context) -> {
				Digits digits = context.getBean(Digits.class);
				assertThat(digits.classify(IMAGE).digit()).isEqualTo(1);
				assertThat(
						digits.classifyAll(List.of(new Image(List.of(1f, 2f, 3f)), new Image(List.of(1f, 2f)), IMAGE)))
					.extracting(Digit::digit)
					.containsExactly(3, 2, 1);
			});
		}
	}

	@Test
	void aCallerThatIsInterruptedStopsWaitingAndSaysSo() {
		try (EasEmulator eas = LocalEas.start((request) -> Mono.never(), 100)) {
			digits(eas).run((context) -> {
				CompletableFuture<Thread> waiting = new CompletableFuture<>();
				AtomicBoolean interrupted = new AtomicBoolean();
				CompletableFuture<Digit> call = new CompletableFuture<>();
				ExecutorService threads = Executors.newSingleThreadExecutor();
				threads.execute(() -> {
					waiting.complete(Thread.currentThread());
					try {
						call.complete(context.getBean(Digits.class).classify(IMAGE));
					}
					catch (RuntimeException ex) {
						interrupted.set(Thread.currentThread().isInterrupted());
						call.completeExceptionally(ex);
					}
				});
				await().atMost(PATIENCE).until(() -> eas.service("echo").instance(0).requests() > 0);
				waiting.get().interrupt();
				assertThatThrownBy(() -> call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
					.isInstanceOf(CancellationException.class)
					.hasCauseInstanceOf(InterruptedException.class);
				assertThat(interrupted).isTrue();
				threads.shutdown();
			});
		}
	}

	@Test
	void anEventLoopRefusesToBlock() {
		try (EasEmulator eas = LocalEas.start(EmulatedHandler.echo(), 100)) {
			digits(eas).run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				assertThatThrownBy(() -> client.predict("x", String.class)
					.map((answer) -> client.predict(answer, String.class).block())
					.block(PATIENCE)).hasStackTraceContaining(
							"block()/blockFirst()/blockLast() are blocking, which is not supported in thread reactor-http-");
			});
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads before")
	void virtualThreadsMayBlock() throws Exception {
		try (EasEmulator eas = LocalEas
			.start((request) -> Mono.delay(Duration.ofMillis(200)).thenReturn(EmulatedResponse.text(200, "ok")), 100)) {
			// by its name, since this is compiled for Java 17
			ExecutorService threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
				.invoke(null);
			digits(eas).run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				List<CompletableFuture<String>> calls = IntStream.range(0, 100)
					.mapToObj((n) -> CompletableFuture
						.supplyAsync(() -> client.predict("x", String.class).block(PATIENCE), threads))
					.toList();
				for (CompletableFuture<String> call : calls) {
					assertThat(call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("ok");
				}
			});
			threads.shutdown();
		}
	}

	@Test
	void aRequestThatIsBuiltStepByStepIsMockedByItsLastStep() {
		EasRequest request = Mockito.mock(EasRequest.class, Answers.RETURNS_SELF);
		EasClient client = Mockito.mock(EasClient.class);
		given(client.post("/v1")).willReturn(request);
		given(request.retrieve(String.class)).willReturn(Mono.just("answer"));
		assertThat(callInSteps(client)).isEqualTo("answer");
	}

	private static String callInSteps(EasClient client) {
		return client.post("/v1").header("X-A", "b").body("x").retrieve(String.class).block(PATIENCE);
	}

	@Test
	void eachFailureCanBeMade() {
		assertThat(new EasConnectionException(NOWHERE, "reset", null)).hasMessage("mnist: reset");
		EasException.Attempt attempt = new EasException.Attempt("mnist", EasInstance.parse("10.0.0.1:80"));
		assertThat(new EasStatusException(attempt, 503, "b\u00fcsy").body())
			.isEqualTo("b\u00fcsy".getBytes(StandardCharsets.UTF_8));
		assertThatIllegalArgumentException().isThrownBy(() -> new EasStatusException(attempt, 200, "fine"))
			.withMessageContaining("was 200");
		assertThatIllegalArgumentException().isThrownBy(() -> new EasStatusException(NOWHERE, 503, "busy"))
			.withMessageContaining("must have an instance");
	}

	private static ApplicationContextRunner digits(EasEmulator eas) {
		return LocalEas.application(eas).withBean(Digits.class);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ DigitController.class, EasFailures.class })
	static class Advised {

		@Bean
		EasClient mnist() {
			return Mockito.mock(EasClient.class);
		}

	}

}
