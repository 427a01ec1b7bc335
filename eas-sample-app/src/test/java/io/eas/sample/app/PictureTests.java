package io.eas.sample.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.eas.client.EasClient;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedService;
import io.eas.test.Browser;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes the pictures of the documents, where {@code -Ddocs.write} asks for it.
 */
@EnabledIfSystemProperty(named = "docs.write", matches = ".*")
@SpringBootTest(classes = SampleApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "sample.walk-through.enabled=false" })
class PictureTests {

	@RegisterExtension
	private static final Browser BROWSER = new Browser();

	private static final Path PICTURES = Path.of("..", "docs", "images");

	private static final int[] THREE = { 80, 70, 120, 50, 150, 52, 175, 65, 185, 95, 160, 125, 125, 132, 165, 140, 195,
			170, 180, 215, 150, 232, 120, 234, 85, 215 };

	@Autowired
	private EasEmulator localEas;

	@Autowired
	@Qualifier("mnist")
	private EasClient mnist;

	@Test
	void takesThePicturesOfTheDocuments(@LocalServerPort int port) {
		EmulatedService service = this.localEas.service("mnist_saved_model_example");
		Disposable calls = Flux.interval(Duration.ofMillis(50))
			.onBackpressureDrop()
			.flatMap((tick) -> this.mnist.predict(Map.of("image", Images.numbers()), Digit.class)
				.onErrorResume((ex) -> Mono.empty()))
			.subscribe();
		try {
			localEas(service);
		}
		finally {
			calls.dispose();
		}
		sample(port);
	}

	private void localEas(EmulatedService service) {
		BROWSER.resize(1180, 780);
		BROWSER.open("http://127.0.0.1:" + this.localEas.adminPort() + "/");
		await(() -> assertThat(service.instance(0).requests()).isGreaterThan(250));
		service.instance(1).kill();
		await(() -> assertThat(service.instance(0).requests()).isGreaterThan(600));
		service.instance(2).setWeight(0);
		BROWSER.find("[data-instance$='-1'] .kill").click();
		await(() -> assertThat(BROWSER.text("[data-instance$='-1'] .why")).contains("connection refused"));
		await(() -> assertThat(BROWSER.count("#message[hidden]")).isOne());
		BROWSER.picture(PICTURES.resolve("local-eas.png"));
		service.instance(2).setWeight(100);
	}

	private void sample(int port) {
		BROWSER.resize(980, 1130);
		BROWSER.open("http://127.0.0.1:" + port + "/");
		await(() -> assertThat(BROWSER.count("#instances button")).isEqualTo(3));
		await(() -> assertThat(BROWSER.text("#instances")).doesNotContain("not listed"));
		Drawing.stroke(BROWSER, THREE);
		BROWSER.find("#stream").click();
		await(() -> assertThat(Integer.parseInt(BROWSER.text("#calls"))).isGreaterThan(150));
		BROWSER.find("#instances li:nth-child(2) button").click();
		await(() -> assertThat(BROWSER.text("#instances li:nth-child(2)")).contains("not listed"));
		int without = Integer.parseInt(BROWSER.text("#calls"));
		await(() -> assertThat(Integer.parseInt(BROWSER.text("#calls"))).isGreaterThan(without + 30));
		BROWSER.picture(PICTURES.resolve("sample.png"));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofMinutes(5)).untilAsserted(assertion);
	}

}
