package io.eas.emulator;

import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.process.ProcessStartException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Instances that are processes.
 */
class ProcessInstanceTests {

	private static final String PATH = "/api/predict/mnist";

	private final List<String> output = new CopyOnWriteArrayList<>();

	private final EasEmulator eas = EasEmulator.builder()
		.service("mnist",
				(service) -> service
					.instance((i) -> i.command(TestModel.command("p=${PORT}")).output(this.output::add)))
		.build()
		.start();

	private final EmulatedInstance instance = this.eas.service("mnist").instance(0);

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void requestsReachTheProcessAsTheyWereSent() throws Exception {
		assertThat(Http
			.send(Http.request(this.instance.address(), PATH + "/a%20b?c=%2F&d")
				.header("X-A", "x")
				.method("PUT", java.net.http.HttpRequest.BodyPublishers.ofString("body")))
			.body()).isEqualTo("PUT " + PATH + "/a%20b?c=%2F&d x body");
		assertThat(this.instance.answers()).containsEntry(200, 1L);
	}

	@Test
	void theProcessKnowsItsPortFromEnvironmentAndArguments() {
		await().untilAsserted(() -> assertThat(this.output)
			.anySatisfy((line) -> assertThat(line).matches("listening on true p=\\d+")));
	}

	@Test
	void responseIsStreamedAsItArrives() throws Exception {
		try (RawCall call = new RawCall(this.instance.port()).get(PATH + "/begin")) {
			assertThat(readUntil(call, "beginning")).startsWith("HTTP/1.1 200");
		}
	}

	@Test
	void killedInstanceRefusesConnectionsAndAbortsRequestsInFlight() throws Exception {
		try (RawCall waiting = new RawCall(this.instance.port()).get(PATH + "/hang");
				RawCall reading = new RawCall(this.instance.port()).get(PATH + "/begin")) {
			readUntil(reading, "beginning");
			long pid = this.instance.pid().orElseThrow();
			this.instance.kill();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> waiting.read(1));
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> reading.read(100));
			assertThat(alive(pid)).isFalse();
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawCall(this.instance.port()));
		assertThat(this.instance.pid()).isEmpty();
	}

	@Test
	void instanceKilledFromOutsideIsDeadToo() throws Exception {
		try (RawCall waiting = new RawCall(this.instance.port()).get(PATH + "/hang")) {
			await().until(() -> this.instance.requests() == 1);
			ProcessHandle.of(this.instance.pid().orElseThrow()).orElseThrow().destroyForcibly();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> waiting.read(1));
		}
		await().until(() -> this.instance.state() == InstanceState.DEAD);
		await().untilAsserted(() -> assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new RawCall(this.instance.port())));
	}

	@Test
	void restartKeepsThePortAndReplacesTheProcess() throws Exception {
		int port = this.instance.port();
		long pid = this.instance.pid().orElseThrow();
		this.instance.kill();
		this.instance.restart();
		assertThat(this.instance.port()).isEqualTo(port);
		assertThat(this.instance.pid().orElseThrow()).isNotEqualTo(pid);
		assertThat(Http.get(this.instance.address(), PATH).statusCode()).isEqualTo(200);
		assertThat(this.instance.state()).isEqualTo(InstanceState.RUNNING);
	}

	@Test
	void frozenInstanceAcceptsConnectionsAndAnswersOnceThawed() throws Exception {
		this.instance.freeze();
		try (RawCall call = new RawCall(this.instance.port()).get(PATH)) {
			assertThat(call.staysSilent(200)).isTrue();
			this.instance.thaw();
			assertThat(call.read(12)).isEqualTo("HTTP/1.1 200");
		}
	}

	@Test
	void closingTheEmulatorEndsAFrozenInstanceAtOnce() {
		long pid = this.instance.pid().orElseThrow();
		this.instance.freeze();
		this.eas.close();
		assertThat(alive(pid)).isFalse();
	}

	@Test
	void halfFaultCutsAStreamedResponse() throws Exception {
		this.instance.half();
		try (RawCall call = new RawCall(this.instance.port()).get(PATH)) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> call.read(100_000));
		}
	}

	@Test
	void addStartsAProcessAndRemoveEndsTheProcess() throws Exception {
		EmulatedInstance added = this.eas.service("mnist")
			.add((i) -> i.command(TestModel.command()).readyPath("/readyz").environment(Map.of("A", "b")));
		assertThat(added.name()).isEqualTo("mnist-1");
		assertThat(Http.get(added.address(), PATH).statusCode()).isEqualTo(200);
		long pid = added.pid().orElseThrow();
		this.eas.service("mnist").remove(added);
		assertThat(alive(pid)).isFalse();
		assertThat(this.eas.service("mnist").instances()).containsExactly(this.instance);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawCall(added.port()));
	}

	@Test
	void commandThatExitsIsNamedWithExitCodeAndOutput() {
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.eas.service("mnist")
				.add((i) -> i.command(TestModel.command()).environment(Map.of("EXIT_CODE", "3"))))
			.withMessageContaining("java -XX:TieredStopAtLevel=1 ")
			.withMessageContaining("...\" exited with code 3 before it was ready")
			.withMessageContaining("; last output: ")
			.withMessageContaining("no model at models/none");
		assertThat(this.eas.service("mnist").instances()).hasSize(1);
	}

	@Test
	void missingCommandIsNamed() {
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.eas.service("mnist").add((i) -> i.command("/no/such/program", "x")))
			.withMessageContaining("mnist-1: cannot start \"/no/such/program x\"");
	}

	@Test
	void commandThatIsNeverReadyIsKilledAfterTheStartTimeout() {
		List<String> lines = new CopyOnWriteArrayList<>();
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.eas.service("mnist")
				.add((i) -> i.command("sh", "-c", "echo $$; sleep 1000")
					.output(lines::add)
					.startTimeout(Duration.ofMillis(300))))
			.withMessageContaining("was not ready within PT0.3S");
		await().until(() -> !lines.isEmpty());
		assertThat(alive(Long.parseLong(lines.get(0)))).isFalse();
	}

	@Test
	void noProcessStartsOnceTheEmulatorIsClosed() {
		this.eas.close();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.eas.service("mnist").add());
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this.instance::restart);
		// those that the close has ended may take a moment on a busy machine
		await().atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
				.allMatch(Processes::isBrowser));
	}

	@Test
	void noProcessOutlivesTheEmulator() {
		long pid = this.instance.pid().orElseThrow();
		this.eas.close();
		assertThat(alive(pid)).isFalse();
		await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("eas-emulator")));
	}

	private static boolean alive(long pid) {
		Optional<ProcessHandle> handle = ProcessHandle.of(pid);
		return handle.isPresent() && handle.get().isAlive();
	}

	private static String readUntil(RawCall call, String end) throws Exception {
		StringBuilder seen = new StringBuilder();
		while (!seen.toString().endsWith(end)) {
			seen.append(call.read(1));
		}
		return seen.toString();
	}

}
