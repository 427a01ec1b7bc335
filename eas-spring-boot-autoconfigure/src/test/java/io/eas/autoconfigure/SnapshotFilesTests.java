package io.eas.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.eas.client.EasClients;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.service.EasServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What applications leave on disk, and what they make of what happens to it.
 */
@ExtendWith(OutputCaptureExtension.class)
class SnapshotFilesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@TempDir
	private Path temporary;

	private Path directory;

	private final EasEmulator eas = LocalEas.start(EmulatedHandler.echo(), 100, 100, 100);

	@BeforeEach
	void name() {
		this.directory = this.temporary.resolve("snapshots");
	}

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void eachServiceHasItsOwnFile() throws IOException {
		try (EasEmulator two = EasEmulator.builder()
			.admin(false)
			.service("a/b", (service) -> service.instance((instance) -> instance.handler(EmulatedHandler.echo())))
			.service("a_b", (service) -> service.instances(2, (instance) -> instance.handler(EmulatedHandler.echo())))
			.build()
			.start()) {
			String[] services = { "eas.endpoint=" + two.endpoint(), "eas.services.echo.mode=static",
					"eas.services.echo.instances=127.0.0.1:9", "eas.services.one.service-name=a/b",
					"eas.services.two.service-name=a_b" };
			application(services).run((context) -> {
				assertThat(sizes(context)).containsExactly(1, 2);
				await().untilAsserted(() -> assertThat(Snapshots.files(this.directory)).hasSize(2));
			});
			two.discovery().status(500);
			application(services).run((context) -> {
				assertThat(sizes(context)).containsExactly(1, 2);
				EasClients clients = context.getBean(EasClients.class);
				assertThat(clients.get("one").predict("1", String.class).block(PATIENCE)).isEqualTo("1");
				assertThat(clients.get("two").predict("2", String.class).block(PATIENCE)).isEqualTo("2");
			});
		}
	}

	private static List<Integer> sizes(ApplicationContext context) {
		EasServices services = context.getBean(EasServices.class);
		return Stream.of("one", "two").map((alias) -> services.service(alias).cache().current().size()).toList();
	}

	@Test
	void applicationSurvivesTheLossOfTheDirectory(CapturedOutput output) {
		application().run((context) -> {
			Path away = this.temporary.resolve("away");
			await().until(() -> !Snapshots.files(this.directory).isEmpty());
			Files.move(this.directory, away);
			this.eas.service("echo").instance(0).unlist();
			await().until(() -> output.toString().contains("can't be written"));
			assertThat(Snapshots.list(context).size()).isEqualTo(2);
			assertThat(Snapshots.call(context)).isEqualTo("hello");
			Files.move(away, this.directory);
			await().until(() -> output.toString().contains("is written again"));
		});
		assertThat(output).containsOnlyOnce("can't be written");
	}

	@Test
	void noTokenIsWrittenToAFile() throws IOException {
		String token = "ZmluZC1tZS1ub3doZXJl0123456789abcdefMQ==";
		try (EasEmulator locked = EasEmulator.builder()
			.admin(false)
			.service("echo",
					(service) -> service.token(token).instance((instance) -> instance.handler(EmulatedHandler.echo())))
			.build()
			.start()) {
			application("eas.endpoint=" + locked.endpoint(), "eas.token=" + token)
				.run((context) -> assertThat(Snapshots.call(context)).isEqualTo("hello"));
			await().until(() -> !Snapshots.files(this.directory).isEmpty());
		}
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.toList()) {
				assertThat(file + " " + Files.readString(file, StandardCharsets.ISO_8859_1))
					.doesNotContain(token.substring(0, 12), token.substring(12, 24), token.substring(24));
			}
		}
	}

	@Test
	void noThreadIsLeftBehind() {
		List<Thread> before = threads();
		application().run((context) -> {
			await().until(() -> !Snapshots.files(this.directory).isEmpty());
			assertThat(threads()).hasSizeGreaterThan(before.size());
		});
		await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("eas-files"))
			.toList();
	}

	@Test
	void directoryMayBeSharedByApplicationsOfTheSameService() {
		application().withBean(ReactorResourceFactory.class, SnapshotFilesTests::ownEventLoops).run((one) -> {
			for (int weight = 1; weight <= 3; weight++) {
				int next = weight;
				application().run((other) -> {
					this.eas.service("echo").instances().forEach((instance) -> instance.setWeight(next));
					await().until(() -> weight(one) == next && weight(other) == next);
				});
			}
		});
		this.eas.discovery().status(500);
		application().run((context) -> assertThat(weight(context)).isEqualTo(3));
		assertThat(this.directory).isDirectoryNotContaining("glob:**.tmp");
	}

	private static int weight(ApplicationContext context) {
		return Snapshots.list(context).instances().get(0).weight();
	}

	/** The global event loops end with the first context that closes. */
	private static ReactorResourceFactory ownEventLoops() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

	private ApplicationContextRunner application(String... properties) {
		return Snapshots.application(this.eas, this.directory, properties);
	}

}
