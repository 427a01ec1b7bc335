package io.eas.benchmarks.bodies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The resident memory of this process on Linux; unknown on other systems.
 */
final class ResidentMemory {

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final Path REFERENCES = Path.of("/proc/self/clear_refs");

	/** The value that makes the kernel reset the peak (proc(5)). */
	private static final String FORGET_PEAK = "5";

	private static final String PEAK = "VmHWM:";

	private ResidentMemory() {
	}

	/** Resets the peak if the kernel allows it. */
	static void forgetPeak() {
		if (Files.isWritable(REFERENCES)) {
			try {
				Files.writeString(REFERENCES, FORGET_PEAK);
			}
			catch (IOException ex) {
				// the peak then includes the time since the process started
			}
		}
	}

	/** Returns the peak in bytes; 0 if unknown. */
	static long peak() {
		try {
			return Files.isReadable(STATUS) ? peak(Files.readAllLines(STATUS)) : 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static long peak(List<String> status) {
		return status.stream()
			.filter((line) -> line.startsWith(PEAK))
			.mapToLong((line) -> 1024 * Long.parseLong(line.substring(PEAK.length()).replace("kB", "").strip()))
			.findFirst()
			.orElse(0);
	}

}
