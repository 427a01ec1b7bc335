package io.eas.emulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.OtherKeys;
import io.eas.emulator.discovery.DiscoveryFault;
import io.eas.emulator.instance.InstanceState;
import io.eas.test.Browser;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of the local EAS, in a browser.
 */
class LocalEasPageTests {

	@RegisterExtension
	private static final Browser BROWSER = new Browser();

	private static final Duration NEVER = Duration.ofMinutes(5);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final int FEW = 4;

	private static final int MANY = 100;

	private static final String MARKUP = "<b>x</b>";

	/** Each runs a shell, which is up sooner than a JVM. */
	private static final EasEmulator EAS = EasEmulator.builder()
		.deploy(shell("healthy", "sleep 600").check(CheckKind.READINESS, exec("true"), 1).build(),
				LocalEasPageTests::quiet)
		.deploy(shell("faulty", "sleep 600").check(CheckKind.READINESS, exec("true"), 1).build(),
				LocalEasPageTests::quiet)
		.service("calm", (service) -> service.instances(7, (instance) -> {
		}))
		.service("slow", (service) -> {
		})
		.service("busy", (service) -> service.instances(FEW, (instance) -> {
		}))
		.service(MARKUP, (service) -> service.instances(1, (instance) -> {
		}))
		.deploy(shell("startup", "sleep 600").check(CheckKind.STARTUP, exec("false"), 1000).build(),
				LocalEasPageTests::quiet)
		.deploy(shell("unready", "sleep 600").check(CheckKind.READINESS, exec("false"), 1).build(),
				LocalEasPageTests::quiet)
		.deploy(shell("doomed", "sh -c 'trap : TERM; while true; do sleep 1; done'").gracePeriod(600)
			.check(CheckKind.LIVENESS, exec("false"), 1)
			.build(), LocalEasPageTests::quiet)
		.deploy(shell("ending", "sh -c 'exit 3'").check(CheckKind.READINESS, exec("true"), 1).build(),
				LocalEasPageTests::quiet)
		.build();

	private static Descriptors shell(String name, String command) {
		return Descriptors.mnist().name(name).command(command);
	}

	private static CheckMethod exec(String command) {
		return new CheckMethod.Exec(List.of(command), OtherKeys.NONE);
	}

	private static void quiet(DeploymentBuilder deployment) {
		deployment.waitUntilReady(false).output((instance, line) -> {
		}).events((event) -> {
		});
	}

	@BeforeAll
	static void start() {
		EAS.start();
		List<Consumer<EmulatedInstance>> faults = List.of(EmulatedInstance::kill, EmulatedInstance::freeze,
				(instance) -> instance.setWeight(0), EmulatedInstance::unlist, EmulatedInstance::refuse,
				(instance) -> instance.status(450));
		EAS.service("faulty").instance(0).status(450);
		for (int i = 0; i < faults.size(); i++) {
			faults.get(i).accept(EAS.service("calm").instance(i));
		}
		CompletableFuture<Void> never = CompletableFuture.runAsync(() -> EAS.service("slow")
			.add((instance) -> instance.command(List.of("sleep", "600")).startTimeout(NEVER)));
		assertThat(never).isNotCompletedExceptionally();
		open(EAS);
		await(() -> assertThat(BROWSER.count(row("slow-0"))).isOne());
	}

	private static void open(EasEmulator eas) {
		BROWSER.open("http://127.0.0.1:" + eas.adminPort() + "/");
		await(() -> {
			assertThat(BROWSER.text("#live")).isEqualTo("Live");
			assertThat(BROWSER.count("[data-service]")).isPositive();
		});
	}

	@AfterAll
	static void close() {
		EAS.close();
	}

	@AfterEach
	void nothingWentWrong() {
		assertThat(BROWSER.consoleErrors()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			slow-0    | Not started       | starts, and has not been ready yet
			startup-0 | Startup           | exit code 1
			unready-0 | Not ready         | exit code 1
			doomed-0  | Killed            | liveness_check failed: exit code 1
			ending-0  | Back-off          | exit code 3; starts again at
			calm-0    | Killed            | refuses connections until it is restarted
			calm-1    | Frozen            | accepts connections, answers nothing
			calm-2    | Weight 0          | gets no calls while others have a weight
			calm-3    | Unlisted          | was taken off the list, and goes on serving
			calm-4    | Refusing          | refuses connections, while its process lives
			calm-5    | Fault: status 450 | no calls now
			faulty-0  | Fault: status 450 | its checks pass, since they reach the process directly
			calm-6    | Ready             | no calls now
			""")
	void saysWhyAnInstanceHasNoTraffic(String instance, String label, String reason) {
		await(() -> {
			assertThat(BROWSER.text(row(instance) + " .state strong")).isEqualTo(label);
			assertThat(BROWSER.text(row(instance) + " .why")).contains(reason);
		});
	}

	/**
	 * The limit is what the page promises: a look each half second, and the way into the
	 * strip. A machine that stands still may delay the one kill or the other, and not
	 * each of them; and the browser's own clock measures none of the test's calls.
	 */
	@Test
	void aKillIsSeenInTheStripWithin2SecondsAndHeals() {
		String row = row("healthy-0");
		long before = EAS.service("healthy").instance(0).pid().orElseThrow();
		await(() -> {
			assertThat(BROWSER.text(row + " .state strong")).isEqualTo("Ready");
			assertThat(millisUntilAKillIsSeen(row)).isLessThanOrEqualTo(2000);
		});
		await(() -> {
			assertThat(EAS.service("healthy").instance(0).pid().orElse(before)).isNotEqualTo(before);
			assertThat(BROWSER.text("#message")).isEqualTo("healthy-0: kill: done");
			assertThat(BROWSER.text(row + " .state strong")).isEqualTo("Ready");
			assertThat(BROWSER.count(row + " .strip .mark-ready")).isPositive();
			assertThat(BROWSER.text("#events")).contains("healthy-0 waiting: ended by signal 9; starts again at once");
		});
	}

	private static double millisUntilAKillIsSeen(String row) {
		return ((Number) BROWSER.run("""
				const row = document.querySelector(arguments[0]);
				const kills = () => row.querySelectorAll('.strip .mark-dead').length;
				const before = kills();
				return new Promise((seen) => {
					const clicked = performance.now();
					new MutationObserver(() => kills() > before && seen(performance.now() - clicked))
						.observe(row.querySelector('.strip'), { childList: true, subtree: true });
					row.querySelector('.kill').click();
				});
				""", row)).doubleValue();
	}

	/** An index may be another instance by the time it arrives. */
	@Test
	void changesGoToAnInstanceByName() {
		BROWSER.find(row("busy-0") + " .name").click();
		BROWSER.find(row("busy-0") + " [data-action=reset]").click();
		await(() -> assertThat(EAS.service("busy").instance(0).fault()).isEqualTo("reset"));
		assertThat((List<?>) BROWSER.run("return performance.getEntriesByType('resource').map(({ name }) => name)"))
			.anySatisfy((url) -> assertThat(url).asString().endsWith("/services/busy/instances/busy-0/reset"));
	}

	@Test
	void servicesOfAnEarlierLocalEasDisappear() {
		int port;
		try (EasEmulator earlier = EasEmulator.builder().service("earlier", (service) -> {
		}).build().start()) {
			port = earlier.adminPort();
			open(earlier);
		}
		try (EasEmulator later = EasEmulator.builder().adminPort(port).service("later", (service) -> {
		}).build().start()) {
			await(() -> {
				assertThat(BROWSER.count("[data-service=later]")).isOne();
				assertThat(BROWSER.count("[data-service]")).isEqualTo(later.services().size());
			});
		}
		finally {
			open(EAS);
		}
	}

	@Test
	void eachFaultHasItsButton() {
		BROWSER.find(row("calm-6") + " .name").click();
		assertThat(actions(row("calm-6") + " .about"))
			.containsAll(Arrays.stream(InstanceFault.values()).map(InstanceFault::path).toList());
		assertThat(actions(row("calm-6") + " .about")).contains("weight", "remove");
		assertThat(actions("#discovery")).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(DiscoveryFault.values()).map(DiscoveryFault::path).toList());
		assertThat(actions("[data-service=calm] .changes")).containsExactly("scale", "rollout", "restart");
	}

	private static List<String> actions(String selector) {
		return ((List<?>) BROWSER.run(
				"return [...document.querySelectorAll(arguments[0])].map((b) => b.dataset.action)",
				selector + " [data-action]"))
			.stream()
			.map(String::valueOf)
			.toList();
	}

	@Test
	void aNumberGoesWithItsFault() {
		EmulatedInstance instance = EAS.service("busy").instance(3);
		BROWSER.find(row("busy-3") + " .name").click();
		WebElement field = BROWSER.find(row("busy-3") + " input[name=millis]");
		field.clear();
		field.sendKeys("25");
		BROWSER.find(row("busy-3") + " [data-action=late]").click();
		await(() -> assertThat(instance.fault()).isEqualTo("late by 25 ms"));
	}

	@Test
	void discoveryIsShownAsClientsSeeIt() {
		String address = "\"port\":" + EAS.service("calm").instance(6).port();
		await(() -> assertThat(BROWSER.text("#discovery .bodies")).contains(address));
		BROWSER.find("#discovery [data-action=garbage]").click();
		await(() -> assertThat(BROWSER.text("#discovery")).contains("a body that isn’t JSON").doesNotContain(address));
		EAS.discovery().heal();
		await(() -> assertThat(BROWSER.text("#discovery")).contains("Clients get 200 with this list", address));
	}

	@Test
	void theKeyboardIsEnough() {
		WebElement first = BROWSER.find(row("busy-1") + " .name");
		first.sendKeys(Keys.ARROW_DOWN);
		WebElement second = BROWSER.find(row("busy-2") + " .name:focus");
		second.sendKeys(Keys.ENTER);
		assertThat(BROWSER.count(row("busy-2") + " .about")).isOne();
		second.sendKeys(Keys.ESCAPE);
		assertThat(BROWSER.count(row("busy-2") + " .about")).isZero();
		second.sendKeys("k");
		await(() -> assertThat(EAS.service("busy").instance(2).state()).isEqualTo(InstanceState.DEAD));
	}

	@Test
	void aHundredInstancesAreShown() {
		EAS.service("busy").scale(MANY);
		try {
			await(() -> assertThat(BROWSER.count("[data-service=busy] .instance")).isEqualTo(MANY));
			assertThat(BROWSER.text("[data-service=busy] .summary")).contains("of 100 ready");
		}
		finally {
			EAS.service("busy").scale(FEW);
		}
		await(() -> assertThat(BROWSER.count("[data-service=busy] .instance")).isEqualTo(FEW));
	}

	@Test
	void markupInANameIsText() {
		await(() -> assertThat(BROWSER.text("[data-service='" + MARKUP + "'] h2")).isEqualTo(MARKUP));
		assertThat(BROWSER.count("#services h2 b")).isZero();
	}

	@Test
	void whatClientsLeaveOutIsNotKnownHere() {
		assertThat(BROWSER.text(".note")).contains("Only the", "client knows that", "/actuator/eas");
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void nobodyIsKeptOut(String scheme) {
		BROWSER.colorScheme(scheme);
		BROWSER.find(row("healthy-0") + " .name").sendKeys(Keys.ENTER);
		assertThat(BROWSER.seriousViolations()).isEmpty();
		BROWSER.find(row("healthy-0") + " .name").sendKeys(Keys.ESCAPE);
	}

	private static String row(String instance) {
		return "[data-instance='" + instance + "']";
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(100))
			.untilAsserted(assertion);
	}

}
