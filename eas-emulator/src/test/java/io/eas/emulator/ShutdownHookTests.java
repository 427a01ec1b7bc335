package io.eas.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of models when the JVM of the emulator is shut down.
 */
class ShutdownHookTests {

	@Test
	void processesEndWithTheJvm() throws Exception {
		assertThat(lastLineOf("true")).isEqualTo("ended during shutdown");
	}

	@Test
	void withoutShutdownHookProcessesRunUntilTheJvmHasEnded() throws Exception {
		assertThat(lastLineOf("false")).isEqualTo("runs during shutdown");
	}

	/** In both cases no process is left. */
	private static String lastLineOf(String shutdownHook) throws IOException, InterruptedException {
		Process emulator = new ProcessBuilder(TestModel.java(Main.class, shutdownHook))
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader output = emulator.inputReader()) {
			String pid = output.lines().filter((line) -> line.matches("\\d+")).findFirst().orElseThrow();
			ProcessHandle model = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
			emulator.getOutputStream().close();
			String last = output.lines().filter((line) -> line.endsWith("during shutdown")).findFirst().orElse("");
			emulator.waitFor();
			await().until(() -> !Processes.runs(model));
			return last;
		}
		finally {
			emulator.destroyForcibly();
		}
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
			long pid = eas.service("mnist").instance(0).pid().orElseThrow();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> tell(pid)));
			System.out.println(pid);
			System.exit(System.in.read() + 1);
		}

		/** Waits longer than the emulator takes to end it. */
		private static void tell(long pid) {
			boolean ended = ProcessHandle.of(pid)
				.map((model) -> model.onExit().completeOnTimeout(null, 5, TimeUnit.SECONDS).join() != null)
				.orElse(true);
			System.out.println((ended ? "ended" : "runs") + " during shutdown");
		}

	}

}
