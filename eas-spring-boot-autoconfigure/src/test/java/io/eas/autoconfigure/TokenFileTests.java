package io.eas.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

import io.eas.client.EasClient;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A token in a file that changes while the application runs. The service answers with the
 * token it was shown.
 */
@ExtendWith(OutputCaptureExtension.class)
class TokenFileTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@TempDir
	private Path directory;

	private Path file;

	private final EasEmulator eas = EasEmulator.builder()
		.admin(false)
		.service("echo",
				(service) -> service.instance((instance) -> instance.handler((request) -> Mono
					.just(EmulatedResponse.text(200, String.valueOf(request.header("Authorization")))))))
		.build()
		.start();

	@BeforeEach
	void write() throws IOException {
		this.file = this.directory.resolve("token");
		write("first\n");
	}

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void callsUseTheNewTokenOnceTheFileHasChanged(CapturedOutput output) {
		application("token").run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			assertThat(shown(client)).isEqualTo("first");
			write("second");
			await().until(() -> shown(client), "second"::equals);
			write("third\r\n");
			await().until(() -> shown(client), "third"::equals);
		});
		assertThat(output).contains("The token in " + this.file + " has changed");
	}

	@Test
	void signaturesUseTheNewToken() {
		write(LocalEas.TOKEN);
		try (EasEmulator locked = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "in")), 100)) {
			application("signature").withPropertyValues("eas.endpoint=" + locked.endpoint()).run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				assertThat(status(client)).isEqualTo(200);
				write("wrong");
				await().until(() -> status(client), (status) -> status == 401);
				write(LocalEas.TOKEN);
				await().until(() -> status(client), (status) -> status == 200);
			});
		}
	}

	@Test
	void oldTokenIsUsedWhileTheFileIsUnreadable(CapturedOutput output) {
		application("token").run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			Files.delete(this.file);
			await().until(() -> output.toString().contains("can't be read; keeping the previous one"));
			assertThat(shown(client)).isEqualTo("first");
			write("second");
			await().until(() -> shown(client), "second"::equals);
		});
		assertThat(output).containsOnlyOnce("can't be read; keeping the previous one");
	}

	@Test
	void oldTokenIsUsedWhileTheFileContainsNone(CapturedOutput output) {
		application("token").run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			write("");
			await().until(() -> output.toString().contains("it is empty"));
			assertThat(shown(client)).isEqualTo("first");
			write("two\nlines");
			assertThat(shown(client)).isEqualTo("first");
			write("second");
			await().until(() -> shown(client), "second"::equals);
		});
		assertThat(output).doesNotContain("two").doesNotContain("lines");
	}

	@Test
	void closedContextNoLongerReadsTheFile(CapturedOutput output) {
		application("token").run((context) -> assertThat(shown(context.getBean(EasClient.class))).isEqualTo("first"));
		write("second");
		await().during(Duration.ofMillis(1500))
			.atMost(Duration.ofSeconds(5))
			.until(() -> !output.toString().contains("has changed"));
	}

	/** As a mounted secret changes: at once, never half. */
	private void write(String token) {
		try {
			Path next = Files.writeString(this.directory.resolve("next"), token);
			Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int status(EasClient client) {
		return client.post("").body("x").exchange().block(PATIENCE).status().value();
	}

	private static String shown(EasClient client) {
		return client.predict("x", String.class).block(PATIENCE);
	}

	private ApplicationContextRunner application(String scheme) {
		return LocalEas.application()
			.withPropertyValues("eas.endpoint=" + this.eas.endpoint(), "eas.services.echo.token-file=" + this.file,
					"eas.auth.scheme=" + scheme, "eas.discovery.allowed-networks=127.0.0.0/8");
	}

}
