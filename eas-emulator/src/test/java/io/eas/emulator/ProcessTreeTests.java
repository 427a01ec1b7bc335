package io.eas.emulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

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
		return command("\"$@\" & wait");
	}

	private static List<String> command(String script) {
		List<String> command = new ArrayList<>(List.of("sh", "-c", script, "script"));
		command.addAll(List.of(TestModel.command()));
		return command;
	}

	@AfterEach
	void close() {
		this.eas.close();
		this.model.destroyForcibly();
	}

	@Test
	void descendantsEndWithTheEmulator() {
		assertThat(Processes.runs(this.model)).isTrue();
		this.eas.close();
		awaitEndOfModel();
	}

	@Test
	void descendantsDieWithTheInstance() {
		this.instance.kill();
		awaitEndOfModel();
	}

	@Test
	void frozenDescendantsEndWithTheEmulator() {
		this.instance.freeze();
		this.eas.close();
		awaitEndOfModel();
	}

	@Test
	void descendantsFreezeAndThawWithTheInstance() throws Exception {
		this.instance.freeze();
		try (RawCall call = new RawCall(this.instance.port()).get("/api/predict/mnist")) {
			assertThat(call.staysSilent(100)).isTrue();
			this.instance.thaw();
			assertThat(call.read(12)).isEqualTo("HTTP/1.1 200");
		}
	}

	@Test
	void descendantsEndWithTheFirstProcess() {
		ProcessHandle.of(this.instance.pid().orElseThrow()).orElseThrow().destroyForcibly();
		awaitEndOfModel();
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere what has left its parent can't be found")
	void processesThatLeftTheSessionEndBeforeTheNextStart(@TempDir Path directory) throws Exception {
		Path pids = directory.resolve("pids");
		String script = "for i in $(cat " + pids + "); do grep -qs '^State:.[^Z]' /proc/$i/status && echo left; done; "
				+ "(setsid sleep 1000 & echo $! >> " + pids + "); exec \"$@\"";
		List<String> output = new CopyOnWriteArrayList<>();
		EmulatedInstance added = this.eas.service("mnist").add((i) -> i.command(command(script)).output(output::add));
		added.kill();
		added.restart();
		assertThat(Files.readAllLines(pids)).hasSize(2);
		assertThat(output).doesNotContain("left");
		this.eas.close();
		for (String pid : Files.readAllLines(pids)) {
			await().until(() -> ProcessHandle.of(Long.parseLong(pid)).filter(Processes::runs).isEmpty());
		}
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "setsid is a program of Linux")
	void processesThatLeftSessionAndEnvironmentEndWithTheirParent(@TempDir Path directory) throws Exception {
		Path pid = directory.resolve("pid");
		this.eas.service("mnist")
			.add((i) -> i.command(command("env -i setsid sleep 1000 & echo $! > " + pid + "; exec \"$@\"")));
		this.eas.close();
		long left = Long.parseLong(Files.readString(pid).strip());
		await().until(() -> ProcessHandle.of(left).filter(Processes::runs).isEmpty());
	}

	@Test
	void readingStandardInputReturnsItsEndAtOnce() {
		EmulatedInstance added = this.eas.service("mnist").add((i) -> i.command(command("cat; exec \"$@\"")));
		assertThat(added.listed()).isTrue();
	}

	private void awaitEndOfModel() {
		await().until(() -> !Processes.runs(this.model));
	}

}
