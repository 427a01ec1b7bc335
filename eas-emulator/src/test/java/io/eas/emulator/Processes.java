package io.eas.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks at processes from outside.
 */
final class Processes {

	private Processes() {
	}

	/** Whether it runs; one that has ended and whose parent doesn't care does not. */
	static boolean runs(ProcessHandle process) {
		return process.isAlive() && !isZombie(process.pid());
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
