package io.eas.benchmarks.bodies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory that this process takes, as Linux counts it; other systems don't tell.
 */
final class ResidentMemory {

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final Path REFERENCES = Path.of("/proc/self/clear_refs");

	/** Which makes the kernel take the peak anew (proc(5)). */
	private static final String FORGET_PEAK = "5";

	private static final String PEAK = "VmHWM:";

	private ResidentMemory() {
	}

	/** Starts anew, where the kernel lets it. */
	static void forgetPeak() {
		if (Files.isWritable(REFERENCES)) {
			try {
				Files.writeString(REFERENCES, FORGET_PEAK);
			}
			catch (IOException ex) {
				// then it is the peak of the process
			}
		}
	}

	/** The most at a time, in bytes; 0 where that isn't known. */
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
