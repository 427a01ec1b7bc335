package io.eas.autoconfigure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eas.server.ServedApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * How a server in a process of its own ends on SIGTERM.
 */
class DrainingServerTests {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	private Process process;

	private int port;

	@AfterEach
	void end() {
		if (this.process != null) {
			this.process.destroyForcibly();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactive", "servlet" })
	void readinessIsRefusedWhileRequestsAreServedUntilSocketsClose(String type) throws Exception {
		start(type, "eas.server.drain-delay=3s");
		await().atMost(PATIENCE).until(() -> status("/readyz") == 200);
		long signalled = System.nanoTime();
		this.process.destroy();
		await().atMost(PATIENCE).until(() -> status("/readyz") == 503);
		assertThat(status("/livez")).isEqualTo(200);
		assertThat(connection("/work")).isEmpty();
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(connection("/work")).hasValue("close"));
		await().pollInterval(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> log().contains("Drained: "));
		assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isGreaterThan(Duration.ofSeconds(3));
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> status("/work"));
		assertThat(log()).containsSubsequence("Draining for 3s: readiness refuses traffic, requests are still served",
				"Drained: the server stops", "Commencing graceful shutdown", "Graceful shutdown complete");
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactive", "servlet" })
	void requestInFlightAtTheEndOfTheDrainIsCompleted(String type) throws Exception {
		start(type, "eas.server.drain-delay=1s");
		await().atMost(PATIENCE).until(() -> status("/readyz") == 200);
		CompletableFuture<HttpResponse<String>> slow = this.client.sendAsync(request("/work?millis=3000"),
				HttpResponse.BodyHandlers.ofString());
		this.process.destroy();
		await().atMost(PATIENCE).until(() -> log().contains("Drained: "));
		assertThat(slow).isNotDone();
		assertThat(slow.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("done");
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactive", "servlet" })
	void applicationThatWasNeverReadyStopsAtOnce(String type) throws Exception {
		start(type, "eas.server.drain-delay=1h", "eas.server.readiness-path=/none");
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(this.process.exitValue()).isEqualTo(1);
		assertThat(log()).contains("APPLICATION FAILED TO START").doesNotContain("Drain");
	}

	private void start(String type, String... properties) throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = free.getLocalPort();
		}
		List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
				"-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				ServedApplication.class.getName(), "server.address=127.0.0.1",
				"spring.main.web-application-type=" + type,
				"management.endpoint.health.probes.add-additional-paths=true"));
		command.addAll(List.of(properties));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("log").toFile());
		builder.environment().put("SERVER_PORT", Integer.toString(this.port));
		builder.environment().put("EAS_SERVER_ALLOW_LOOPBACK", "true");
		this.process = builder.start();
	}

	private int status(String path) throws IOException, InterruptedException {
		try {
			return this.client.send(request(path), HttpResponse.BodyHandlers.discarding()).statusCode();
		}
		catch (ConnectException ex) {
			if (this.process.isAlive() && !log().contains("Drained")) {
				return 0;
			}
			throw ex;
		}
	}

	/** What a successful answer says about its connection. */
	private Optional<String> connection(String path) throws IOException, InterruptedException {
		HttpResponse<String> response = this.client.send(request(path), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("done");
		return response.headers().firstValue("Connection").filter("close"::equals);
	}

	private HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path)).timeout(PATIENCE).build();
	}

	private String log() throws IOException {
		return Files.readString(this.directory.resolve("log"));
	}

}
