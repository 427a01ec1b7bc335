package io.eas.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks at processes from outside.
 */
public final class Processes {

	private Processes() {
	}

	/** Whether it runs; one that has ended and whose parent doesn't care does not. */
	public static boolean runs(ProcessHandle process) {
		return process.isAlive() && !isZombie(process.pid());
	}

	/** Whether it waits for the end of this JVM, to kill an instance then. */
	public static boolean isWatchdog(ProcessHandle process) {
		return process.info().commandLine().orElse("").contains("local-eas-watchdog");
	}

	/** Whether it is the browser that tests share until the end. */
	public static boolean isBrowser(ProcessHandle process) {
		return process.info().command().orElse("").contains("chrom");
	}

	private static boolean isZombie(long pid) {
		try {
			return Files.readString(Path.of("/proc", String.valueOf(pid), "stat")).contains(") Z ");
		}
		catch (IOException ex) {
			return false; // no such system, or no such process any more
		}
	}

}
