package io.eas.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.eas.test.RawServer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A deploy loses no work: an application is told to end while it calls, as a process, and
 * ends once its calls have.
 */
class DeploymentTests {

	private static final List<String> TYPES = List.of("servlet", "reactive", "none");

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Pattern LATE = Pattern
		.compile("scheduled FAILED .*EasNoInstanceException: m: the application is stopping");

	private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "servlet, false", "reactive, true", "none, false" })
	void callsInFlightAreCompletedBeforeTheApplicationStops(String type, boolean awaiting) throws Exception {
		stops(type, awaiting);
	}

	@Test
	@Tag("long")
	void callsInFlightAreCompletedBeforeApplicationsOfAllTypesStop() throws Exception {
		sideBySide(TYPES.stream().<Executable>map((type) -> () -> stops(type, !type.equals("reactive"))).toList());
	}

	/**
	 * Its scheduler stops before connections do, unless it is told to await its tasks.
	 */
	@Test
	@Tag("long")
	void tenDeploysLoseNothing() throws Exception {
		sideBySide(IntStream.range(0, TYPES.size()).<Executable>mapToObj((row) -> () -> {
			for (int n = row; n < 10; n += TYPES.size()) {
				deploys(TYPES.get(row), n);
			}
		}).toList());
	}

	private static void sideBySide(List<Executable> rows) {
		ExecutorService threads = Executors.newFixedThreadPool(rows.size());
		try {
			List<CompletableFuture<Void>> running = rows.stream()
				.map((row) -> CompletableFuture.runAsync(() -> run(row), threads))
				.toList();
			Assertions.assertAll(running.stream().<Executable>map((row) -> row::join));
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void run(Executable row) {
		try {
			row.execute();
		}
		catch (Throwable ex) {
			throw new AssertionError(ex);
		}
	}

	private void deploys(String type, int n) throws Exception {
		Path output = this.directory.resolve(type + n);
		try (Instance instance = new Instance(20)) {
			Process process = start(instance, output, type, n % 2 == 0, "--busy=true", "--pause=1",
					"--spring.task.scheduling.pool.size=" + DeployedApplication.CALLERS);
			try {
				await().atMost(PATIENCE)
					.until(() -> instance.streams.get() == DeployedApplication.STREAMS
							&& instance.requests.get() > 500);
				process.destroy();
				assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
				String said = Files.readString(output);
				assertThat(said).doesNotContain("FAILED");
				assertThat(count(said, "scheduled ok")).isGreaterThan(400).isEqualTo(count(said, "scheduled begun"));
				assertThat(count(said, "stream [0, 1, 2, 3]")).isEqualTo(DeployedApplication.STREAMS);
				// on a busy machine the streams may have ended before the stop
				assertThat(said.lines().filter((line) -> line.matches(".* (ERROR|WARN|INFO) .*"))).hasSizeLessThan(4);
				assertThat(said.lines().filter((line) -> line.contains(" in flight at the stop")))
					.allMatch((line) -> line.contains("and all have ended after "));
			}
			finally {
				process.destroyForcibly();
			}
		}
	}

	private void stops(String type, boolean awaiting) throws Exception {
		Path output = this.directory.resolve(type);
		Instance instance = new Instance(1500);
		Process process = start(instance, output, type, awaiting,
				"--spring.task.scheduling.shutdown.await-termination=" + awaiting,
				"--spring.task.scheduling.shutdown.await-termination-period=10s");
		try (instance) {
			// the scheduled call, the asynchronous one, four and the stream
			await().atMost(PATIENCE).until(() -> instance.requests.get() >= 7);
			process.destroy();
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			String said = Files.readString(output);
			// where executors wait for their tasks the others have ended by then, too
			String before = said.split(" were in flight at the stop")[0];
			// a scheduler that awaits its tasks may make a call between the last look and
			// the line
			long late = awaiting ? before.lines().filter(LATE.asMatchPredicate()).count() : 0;
			assertThat(before.lines().filter((line) -> line.contains("FAILED"))).hasSize((int) late);
			assertThat(before).contains("async 1 ok", "stream [0, 1, 2, 3]");
			assertThat(count(before, "subscribed ok")).isEqualTo(4);
			for (String caller : List.of("scheduled", "async 1", "async 2")) {
				// a call has ended a moment before its caller says so, if it is still
				// there
				assertThat(count(before, caller + " begun") - count(said, caller + " ok")).as(caller)
					.isLessThanOrEqualTo(awaiting ? late : 1);
			}
			// a scheduler that awaits its tasks begins new ones until the very end
			assertThat(said.lines().filter((line) -> line.contains(" WARN ") || line.contains(" ERROR ")))
				.hasSizeLessThanOrEqualTo(awaiting ? 1 : 0)
				.allMatch((line) -> line.contains(" refused: the shutdown had already finished waiting for calls"));
			// executors wait for their tasks first, after which there may be nothing left
			// to wait for
			assertThat(said.lines().filter((line) -> line.contains(" INFO "))).hasSizeLessThan(2)
				.allMatch((line) -> line.contains(" calls were in flight at the stop, and all have ended after "));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static long count(String output, String line) {
		return output.lines().filter(line::equals).count();
	}

	private static Process start(Instance instance, Path output, String type, boolean awaiting, String... more)
			throws IOException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
				"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), DeployedApplication.class.getName(),
				"--spring.main.web-application-type=" + type, "--server.port=0", "--server.address=127.0.0.1",
				"--server.shutdown=graceful", "--spring.main.banner-mode=off", "--spring.main.keep-alive=true",
				"--spring.main.log-startup-info=false",
				"--spring.task.execution.shutdown.await-termination=" + awaiting,
				"--spring.task.execution.shutdown.await-termination-period=10s", "--spring.security.user.password=none",
				"--eas.services.m.mode=static", "--eas.services.m.auth.scheme=none",
				"--eas.services.m.instances=127.0.0.1:" + instance.server.port(), "--logging.level.root=warn",
				"--logging.level.io.eas.service=info"));
		command.addAll(List.of(more));
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
	}

	/** What an application calls: answers after a while, and streams of four events. */
	private static final class Instance implements AutoCloseable {

		private final AtomicInteger requests = new AtomicInteger();

		private final AtomicInteger streams = new AtomicInteger();

		private final RawServer server;

		/** With how long an answer takes, in milliseconds. */
		Instance(int pause) {
			this.server = RawServer.keepingConnections((socket, request) -> {
				this.requests.incrementAndGet();
				if (request.contains("/stream")) {
					this.streams.incrementAndGet();
					RawServer.send(socket, STREAM);
					for (int n = 0; n < 4; n++) {
						RawServer.pause(500);
						RawServer.send(socket, "data: " + n + "\n\n");
					}
					socket.close();
					return;
				}
				RawServer.pause(pause);
				RawServer.send(socket, ANSWER);
			});
		}

		@Override
		public void close() throws IOException {
			this.server.close();
		}

	}

}
