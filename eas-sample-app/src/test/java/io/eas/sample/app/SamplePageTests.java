package io.eas.sample.app;

import java.time.Duration;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedService;
import io.eas.test.Browser;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of the sample, in a browser.
 */
@SpringBootTest(classes = SampleApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.local.instances=2", "sample.walk-through.enabled=false" })
class SamplePageTests {

	/** Before the application, which need not start where there is none. */
	@RegisterExtension
	private static final Browser BROWSER = new Browser();

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final String FIRST_KILL = "#instances li:first-child button";

	@Autowired
	private EasEmulator localEas;

	private EmulatedService service;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.service = this.localEas.service("mnist_saved_model_example");
		BROWSER.open("http://127.0.0.1:" + port + "/");
		await(() -> assertThat(BROWSER.count(FIRST_KILL)).isOne());
	}

	@AfterEach
	void nothingWentWrong() {
		assertThat(BROWSER.consoleErrors()).isEmpty();
	}

	@Test
	void aDrawnSevenIsRecognized() {
		Drawing.stroke(BROWSER, 70, 60, 210, 60, 120, 240);
		await(() -> {
			assertThat(BROWSER.text("#digit")).isEqualTo("7");
			assertThat(BROWSER.text("#bars li:nth-child(8) .value")).matches("(9\\d|100)\\.\\d %");
			assertThat(BROWSER.text("#by")).matches("Answered by 127\\.0\\.0\\.1:\\d+, in attempt 1\\.");
		});
	}

	@Test
	void callsGoOnWhileAnInstanceIsKilled() {
		EmulatedInstance victim = this.service.instance(0);
		long before = victim.pid().orElseThrow();
		BROWSER.find("#stream").click();
		await(() -> assertThat(calls()).isGreaterThan(20));
		BROWSER.find(FIRST_KILL).click();
		await(() -> assertThat(BROWSER.text("#instances li:first-child")).contains("not listed"));
		int without = calls();
		await(() -> assertThat(calls()).isGreaterThan(without + 20));
		await(() -> assertThat(BROWSER.text("#instances li:first-child")).contains("ready").doesNotContain("not"));
		BROWSER.find("#stream").click();
		assertThat(victim.pid().orElseThrow()).isNotEqualTo(before);
		assertThat(BROWSER.text("#failed")).isEqualTo("0");
		assertThat(Double.parseDouble(BROWSER.text("#right").replace(" %", ""))).isGreaterThan(90);
	}

	@Test
	void theLocalEasIsALinkAway() {
		assertThat(BROWSER.find("#eas-page").getAttribute("href"))
			.isEqualTo("http://127.0.0.1:" + this.localEas.adminPort() + "/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void nobodyIsKeptOut(String scheme) {
		BROWSER.colorScheme(scheme);
		BROWSER.find("#take").click();
		await(() -> assertThat(BROWSER.text("#by")).startsWith("Answered by"));
		assertThat(BROWSER.seriousViolations()).isEmpty();
	}

	private static int calls() {
		return Integer.parseInt(BROWSER.text("#calls"));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(100))
			.untilAsserted(assertion);
	}

}
