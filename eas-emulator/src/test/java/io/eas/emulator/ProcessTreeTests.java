package io.eas.emulator;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Models that a script starts: the instance's process is the script, the model its child.
 */
class ProcessTreeTests {

	private final EasEmulator eas = EasEmulator.builder()
		.service("mnist", (service) -> service.instance((i) -> i.command(script()).output((line) -> {
		})))
		.build()
		.start();

	private final EmulatedInstance instance = this.eas.service("mnist").instance(0);

	private final ProcessHandle model = ProcessHandle.of(this.instance.pid().orElseThrow())
		.flatMap((script) -> script.children().findFirst())
		.orElseThrow();

	private static List<String> script() {
		List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" & wait", "script"));
		command.addAll(List.of(TestModel.command()));
		return command;
	}

	@AfterEach
	void close() {
		this.eas.close();
		this.model.destroyForcibly();
	}

	@Test
	void endsWithTheEmulator() {
		assertThat(Processes.runs(this.model)).isTrue();
		this.eas.close();
		awaitEndOfModel();
	}

	@Test
	void diesWithTheInstance() {
		this.instance.kill();
		awaitEndOfModel();
	}

	@Test
	void endsWithTheEmulatorWhileFrozen() {
		this.instance.freeze();
		this.eas.close();
		awaitEndOfModel();
	}

	@Test
	void freezesAndThawsWithTheInstance() throws Exception {
		this.instance.freeze();
		try (RawCall call = new RawCall(this.instance.port()).get("/api/predict/mnist")) {
			assertThat(call.staysSilent(100)).isTrue();
			this.instance.thaw();
			assertThat(call.read(12)).isEqualTo("HTTP/1.1 200");
		}
	}

	private void awaitEndOfModel() {
		await().until(() -> !Processes.runs(this.model));
	}

}
