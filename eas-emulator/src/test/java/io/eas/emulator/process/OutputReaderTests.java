package io.eas.emulator.process;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a process's output.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutputReaderTests {

	/** More than the pipe holds, so that the process ends only if it is read. */
	private static final int LINES = 50_000;

	@Test
	void readsOnWhenItsTakerFailsAndSaysSoOnce(CapturedOutput log) throws Exception {
		Process process = new ProcessBuilder("seq", String.valueOf(LINES)).start();
		AtomicInteger taken = new AtomicInteger();
		OutputReader reader = new OutputReader("seq", process, (line) -> {
			if (taken.incrementAndGet() <= 3) {
				AssertionError error = new AssertionError("on purpose");
				error.setStackTrace(new StackTraceElement[0]);
				throw error;
			}
		});
		reader.start();
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(reader.lastLines(20_000)).endsWith(" | " + LINES);
		assertThat(taken).hasValue(LINES);
		assertThat(log).containsOnlyOnce("The consumer of a process's output failed");
	}

}
