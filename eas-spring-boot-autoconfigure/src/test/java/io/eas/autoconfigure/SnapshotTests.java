package io.eas.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.health.EasHealthContributor;
import io.eas.instance.InstanceList.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application that is started again while discovery doesn't answer.
 */
@ExtendWith(OutputCaptureExtension.class)
class SnapshotTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String USED = "instance(s) of the snapshot";

	@TempDir
	private Path directory;

	private final EasEmulator eas = LocalEas.start(EmulatedHandler.echo(), 100, 100, 100);

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void lastKnownInstancesAreCalledUntilDiscoveryResponds(CapturedOutput output) {
		runOnce();
		this.eas.discovery().refuse();
		application().run((context) -> {
			assertThat(Snapshots.call(context)).isEqualTo("hello");
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("source", "snapshot")
				.containsEntry("instances", 3)
				.containsKeys("ageSeconds", "lastSuccess", "failedPolls", "lastFailure");
			this.eas.discovery().heal();
			await().untilAsserted(() -> assertThat(health(context).getDetails()).containsEntry("source", "discovery")
				.containsEntry("ageSeconds", 0L)
				.doesNotContainKey("failedPolls"));
			assertThat(Snapshots.call(context)).isEqualTo("hello");
		});
		assertThat(output).containsOnlyOnce(USED).contains("echo: 3 instance(s), as in the snapshot");
	}

	@ParameterizedTest
	@ValueSource(strings = { "wait", "lazy", "fail-fast" })
	void instancesAreKnownInEveryStartupMode(String startup) {
		runOnce();
		this.eas.discovery().status(500);
		application("eas.discovery.startup=" + startup).run((context) -> {
			assertThat(Snapshots.call(context)).isEqualTo("hello");
			assertThat(Snapshots.list(context).source()).isEqualTo(Source.SNAPSHOT);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "wait", "fail-fast" })
	void startWaitsForSilentDiscoveryUntilTheStartupTimeout(String startup) {
		runOnce();
		this.eas.discovery().silent();
		application("eas.discovery.startup=" + startup, "eas.discovery.startup-timeout=300ms",
				"eas.discovery.timeout=1m")
			.run((context) -> {
				assertThat(Snapshots.list(context).source()).isEqualTo(Source.SNAPSHOT);
				assertThat(Snapshots.call(context)).isEqualTo("hello");
			});
	}

	@Test
	void callsWaitForSilentDiscoveryIfTheStartIsLazy() {
		runOnce();
		this.eas.discovery().silent();
		application("eas.discovery.startup=lazy", "eas.discovery.timeout=300ms").run((context) -> {
			assertThat(Snapshots.call(context)).isEqualTo("hello");
			assertThat(Snapshots.list(context).source()).isEqualTo(Source.SNAPSHOT);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "wait", "lazy", "fail-fast" })
	void discoveryIsPolledFirst(String startup, CapturedOutput output) {
		runOnce();
		this.eas.discovery().late(Duration.ofMillis(300));
		application("eas.discovery.startup=" + startup).run((context) -> {
			assertThat(Snapshots.call(context)).isEqualTo("hello");
			assertThat(Snapshots.list(context).source()).isEqualTo(Source.DISCOVERY);
		});
		assertThat(output).doesNotContain(USED);
	}

	@Test
	void firstListOfDiscoveryReplacesSnapshotHoweverShort() {
		runOnce();
		this.eas.discovery().status(500);
		application().run((context) -> {
			assertThat(Snapshots.list(context).size()).isEqualTo(3);
			this.eas.service("echo").instance(0).unlist();
			this.eas.service("echo").instance(1).unlist();
			this.eas.discovery().heal();
			await().until(() -> Snapshots.list(context).source() == Source.DISCOVERY);
			assertThat(Snapshots.list(context).size()).isEqualTo(1);
		});
	}

	@Test
	void newestListIsSaved() {
		application("eas.discovery.confirm-shrink=false").run((context) -> {
			assertThat(Snapshots.list(context).size()).isEqualTo(3);
			this.eas.service("echo").instance(2).unlist();
			await().until(() -> Snapshots.list(context).size() == 2);
		});
		this.eas.discovery().status(500);
		application().run((context) -> assertThat(Snapshots.list(context).size()).isEqualTo(2));
	}

	@Test
	void healthIsDownIfTheSnapshotIsOld() {
		runOnce();
		this.eas.discovery().status(500);
		application("eas.health.stale-after=1ms", "eas.health.down-after=2ms").run((context) -> {
			await().until(() -> health(context).getStatus(), Status.DOWN::equals);
			assertThat(health(context).getDetails()).containsEntry("source", "snapshot").containsEntry("stale", true);
			assertThat(Snapshots.call(context)).isEqualTo("hello");
		});
	}

	@Test
	void noInstanceIsKnownIfSnapshotsAreDisabled() {
		runOnce();
		knowsNothing("eas.discovery.snapshot.enabled=false");
	}

	@Test
	void snapshotOlderThanMaxAgeIsIgnored(CapturedOutput output) {
		runOnce();
		await().until(() -> lastSuccess().isBefore(Instant.now().minusSeconds(1)));
		knowsNothing("eas.discovery.snapshot.max-age=1s");
		assertThat(output).contains("which is more than discovery.snapshot.max-age (1 s) away from now");
	}

	@Test
	void damagedSnapshotIsIgnoredAndReplaced(CapturedOutput output) throws IOException {
		runOnce();
		String whole = Files.readString(file());
		Files.writeString(file(), whole.substring(1));
		knowsNothing("eas.discovery.snapshot.enabled=true");
		assertThat(output).contains("is ignored: it is damaged: it is not JSON");
		await().untilAsserted(() -> assertThat(Files.readString(file())).startsWith("{\"version\":1,"));
	}

	private void knowsNothing(String property) {
		this.eas.discovery().status(500);
		application(property, "eas.discovery.startup-timeout=100ms").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(Snapshots.list(context)).isNull();
			this.eas.discovery().heal();
			assertThat(Snapshots.call(context)).isEqualTo("hello");
		});
	}

	/** Leaves a snapshot behind. */
	private void runOnce() {
		application().run((context) -> assertThat(Snapshots.call(context)).isEqualTo("hello"));
		await().until(() -> !Snapshots.files(this.directory).isEmpty());
	}

	private ApplicationContextRunner application(String... properties) {
		return Snapshots.application(this.eas, this.directory, properties);
	}

	private Path file() throws IOException {
		return Snapshots.files(this.directory).get(0);
	}

	private Instant lastSuccess() throws IOException {
		return Instant.parse(new JsonMapper().readTree(file().toFile()).path("lastSuccess").stringValue());
	}

	private static Health health(ApplicationContext context) {
		return ((ReactiveHealthIndicator) context.getBean(EasHealthContributor.class).getContributor("echo")).health()
			.block(PATIENCE);
	}

}
