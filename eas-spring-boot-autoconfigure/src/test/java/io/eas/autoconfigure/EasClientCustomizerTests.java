package io.eas.autoconfigure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.client.EasClient;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** The HTTP client in the application's hands. The service answers with a header. */
@ExtendWith(OutputCaptureExtension.class)
class EasClientCustomizerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static EasEmulator eas;

	@BeforeAll
	static void start() {
		eas = LocalEas
			.start((request) -> Mono.just(EmulatedResponse.text(200, String.valueOf(request.header("X-From")))), 100);
	}

	@AfterAll
	static void stop() {
		eas.close();
	}

	private static String predict(EasClient client) {
		return client.predict("x", String.class).block(PATIENCE);
	}

	@Test
	void allCustomizersAreAppliedInOrder() {
		LocalEas.application(eas)
			.withBean("one", EasClientCustomizer.class,
					() -> (alias, client) -> client.headers((headers) -> headers.set("X-From", alias)))
			.withBean("two", EasClientCustomizer.class,
					() -> (alias, client) -> client
						.headers((headers) -> headers.set("X-From", headers.get("X-From") + " and more")))
			.run((context) -> assertThat(predict(context.getBean(EasClient.class))).isEqualTo("echo and more"));
	}

	@Test
	void whatCallsDependOnMustStay() {
		refused((alias, client) -> HttpClient.newConnection(), "the connection pool");
		refused((alias, client) -> client.protocol(HttpProtocol.H2C), "the protocol");
		refused((alias, client) -> client.baseUrl("http://127.0.0.1:9"), "the base URL");
		refused((alias, client) -> client.compress(true), "the decompression");
	}

	private static void refused(EasClientCustomizer customizer, String what) {
		LocalEas.application(eas)
			.withBean(EasClientCustomizer.class, () -> customizer)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("A customizer of an EAS client must leave " + what
						+ " as it is, since connections, retries and limits depend on it; remove that change"));
	}

	@Test
	void customizerThatFailsPreventsTheStartWithItsNameAndTheAlias() {
		LocalEas.application(eas).withBean("lowDelay", EasClientCustomizer.class, () -> (alias, client) -> {
			throw new UnsupportedOperationException("no such option");
		})
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("The EasClientCustomizer 'lowDelay' failed for the service echo: "
						+ "java.lang.UnsupportedOperationException: no such option"));
	}

	@Test
	void customizerThatFailsLaterIsLeftOut(CapturedOutput output) {
		AtomicInteger times = new AtomicInteger();
		LocalEas.application(eas).withBean(EasClientCustomizer.class, () -> (alias, client) -> {
			if (times.incrementAndGet() > 1) {
				throw new LinkageError("no such class");
			}
			return client;
		}).run((context) -> assertThat(predict(context.getBean(EasClient.class))).isEqualTo("null"));
		assertThat(output)
			.containsOnlyOnce("The customizer of echo's HTTP client failed; the client is used without it");
	}

}
