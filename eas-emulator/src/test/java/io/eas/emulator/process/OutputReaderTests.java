package io.eas.emulator.process;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

	@ParameterizedTest
	@CsvSource({ "a\\nb\\n, a|b", "a\\r\\nb, a|b", "10 %%\\r20 %%\\rdone\\n, 10 %|20 %|done", "a\\n\\nb\\n, a||b" })
	void allLineTerminatorsEndALine(String written, String lines) throws Exception {
		assertThat(String.join("|", read("printf '" + written + "'"))).isEqualTo(lines);
	}

	@Test
	void veryLongLineIsSplit() throws Exception {
		List<String> parts = read("head -c 5000000 /dev/zero | tr '\\0' x; echo; echo over");
		assertThat(parts).hasSizeGreaterThan(100).last().isEqualTo("over");
		assertThat(parts).allSatisfy((part) -> assertThat(part.length()).isLessThanOrEqualTo(16 * 1024));
		assertThat(parts.stream().mapToInt(String::length).sum()).isEqualTo(5_000_004);
	}

	private static List<String> read(String script) throws Exception {
		List<String> lines = new CopyOnWriteArrayList<>();
		OutputReader reader = new OutputReader("sh", new ProcessBuilder("sh", "-c", script).start(), lines::add);
		reader.start();
		reader.lastLines(20_000);
		return lines;
	}

	@Test
	void failingConsumerIsLoggedOnceAndReadingContinues(CapturedOutput log) throws Exception {
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
