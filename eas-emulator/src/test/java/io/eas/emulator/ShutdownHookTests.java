package io.eas.emulator;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of models when the JVM of the emulator is shut down.
 */
class ShutdownHookTests {

	@Test
	void processesEndWithTheJvm() throws Exception {
		ProcessHandle model = modelLeftBy("true");
		await().until(() -> !Processes.runs(model));
	}

	@Test
	void withoutShutdownHookProcessesAreLeftToWhoeverClosesTheEmulator() throws Exception {
		ProcessHandle model = modelLeftBy("false");
		assertThat(Processes.runs(model)).isTrue();
		model.destroyForcibly();
	}

	private static ProcessHandle modelLeftBy(String shutdownHook) throws IOException, InterruptedException {
		Process emulator = new ProcessBuilder(TestModel.java(Main.class, shutdownHook))
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		String pid = emulator.inputReader().lines().filter((line) -> line.matches("\\d+")).findFirst().orElseThrow();
		ProcessHandle model = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
		emulator.getOutputStream().close();
		emulator.waitFor();
		return model;
	}

	/**
	 * An emulator whose JVM is shut down at the end of its input.
	 */
	static final class Main {

		private Main() {
		}

		public static void main(String[] args) throws IOException {
			EasEmulator eas = EasEmulator.builder()
				.shutdownHook(Boolean.parseBoolean(args[0]))
				.service("mnist", (service) -> service.instance((i) -> i.command(TestModel.command())))
				.build()
				.start();
			System.out.println(eas.service("mnist").instance(0).pid().orElseThrow());
			System.exit(System.in.read() + 1);
		}

	}

}
