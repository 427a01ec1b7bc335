package io.eas.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.net.Loopback;
import io.eas.emulator.process.ProcessStartException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Processes whose port somebody takes before they listen on it.
 */
class LostPortTests {

	/** Tells its port and exits once that is taken; started again it is the model. */
	private static final String SCRIPT = """
			taken=$1
			shift
			[ -e "$taken" ] && exec "$@"
			echo "$PORT"
			until [ -e "$taken" ]; do sleep 0.05; done
			exit 1
			""";

	private final EasEmulator eas = EasEmulator.builder().service("mnist", (service) -> {
	}).build().start();

	@TempDir
	private Path directory;

	private SocketChannel thief;

	@BeforeEach
	void open() throws IOException {
		this.thief = SocketChannel.open();
	}

	@AfterEach
	void close() throws IOException {
		this.eas.close();
		this.thief.close();
	}

	@Test
	void processThatLostItsPortIsStartedASecondTime() throws Exception {
		List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "script", taken().toString()));
		command.addAll(List.of(TestModel.command()));
		EmulatedInstance instance = this.eas.service("mnist").add((i) -> i.command(command).output(this::steal));
		assertThat(this.thief.getLocalAddress()).isNotNull();
		assertThat(instance.state()).isEqualTo(InstanceState.RUNNING);
		assertThat(Http.get(instance.address(), "/api/predict/mnist").statusCode()).isEqualTo(200);
	}

	@Test
	void processThatEndsForAnotherReasonIsNotStartedASecondTime() {
		List<String> output = new CopyOnWriteArrayList<>();
		assertThatExceptionOfType(ProcessStartException.class).isThrownBy(() -> this.eas.service("mnist")
			.add((i) -> i.command("sh", "-c", "echo started; exit 1").output(output::add)));
		assertThat(output).containsExactly("started");
	}

	private void steal(String line) {
		try {
			if (line.matches("\\d+")) {
				this.thief.bind(Loopback.socketAddress(Integer.parseInt(line)));
				Files.createFile(taken());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path taken() {
		return this.directory.resolve("taken");
	}

}
