package io.eas.emulator.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Starts a program in a session of its own by Linux's {@code setsid}, which replaces
 * itself with the program. The terminal then sends Ctrl-C and hang-ups only to the local
 * EAS and not to the program, and processes that the program starts can be recognized by
 * the session.
 */
final class OwnSession {

	private static final String SETSID = "setsid";

	private OwnSession() {
	}

	/**
	 * Adds {@code setsid} to a command.
	 * @param command the program and its arguments
	 * @param builder the builder of the process
	 * @return the command with {@code setsid}; the unchanged command if there is no
	 * {@code setsid}, or if the program doesn't exist, which the JVM then reports itself
	 */
	static List<String> of(List<String> command, ProcessBuilder builder) {
		// the JVM looks for setsid in its own PATH, and setsid looks for the program in
		// the PATH of the
		// process
		if (!isFound(SETSID, Path.of(""), System.getenv("PATH"))
				|| !isFound(command.get(0), directory(builder), builder.environment().get("PATH"))) {
			return command;
		}
		List<String> all = new ArrayList<>(List.of(SETSID));
		all.addAll(command);
		return all;
	}

	private static Path directory(ProcessBuilder builder) {
		File directory = builder.directory();
		return (directory != null) ? directory.toPath() : Path.of("");
	}

	private static boolean isFound(String program, Path directory, @Nullable String path) {
		Stream<String> places = (path == null || program.contains("/")) ? Stream.of("")
				: Stream.of(path.split(File.pathSeparator));
		return Files.isDirectory(directory)
				&& places.map((place) -> directory.resolve(place).resolve(program)).anyMatch(OwnSession::isProgram);
	}

	private static boolean isProgram(Path file) {
		return Files.isRegularFile(file) && Files.isExecutable(file);
	}

}
