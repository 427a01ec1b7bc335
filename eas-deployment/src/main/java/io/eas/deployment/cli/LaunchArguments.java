package io.eas.deployment.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the command line as UTF-8, whatever the locale. The JVM's launcher decodes the
 * command line in the locale's encoding. If this encoding is ASCII, as with
 * {@code LC_ALL=C}, the launcher replaces every byte of a non-ASCII character by U+FFFD.
 */
final class LaunchArguments {

	/** The file in which Linux provides the original command line. */
	static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

	private static final char LOST = '\uFFFD';

	private LaunchArguments() {
	}

	/**
	 * Recovers arguments that contain replacement characters from the original command
	 * line.
	 * @param args the arguments of {@code main}
	 * @param commandLine the file with the command line, in which a zero byte ends each
	 * word
	 * @return the same number of arguments
	 * @throws IllegalArgumentException if an argument can't be recovered; the message
	 * contains the argument and the remedy
	 */
	static String[] recover(String[] args, Path commandLine) {
		int first = 0;
		while (first < args.length && args[first].indexOf(LOST) < 0) {
			first++;
		}
		if (first == args.length) {
			return args;
		}
		List<byte[]> words = words(commandLine);
		int skipped = words.size() - args.length; // java, its options and the main class
		String[] recovered = new String[args.length];
		for (int i = 0; i < args.length; i++) {
			String decoded = (skipped > 0) ? decode(words.get(skipped + i)) : null;
			if (decoded == null || !isSame(args[i], decoded)) {
				throw new IllegalArgumentException("argument " + (first + 1) + ", " + shown(args[first])
						+ ", has a character that the locale's encoding, " + System.getProperty("sun.jnu.encoding")
						+ ", doesn't have: run it with LC_ALL=C.UTF-8");
			}
			recovered[i] = decoded;
		}
		return recovered;
	}

	/**
	 * Returns the part of an argument that may be shown, without the value after
	 * {@code =}, which may be a secret.
	 */
	private static String shown(String argument) {
		int equals = argument.indexOf('=');
		return ((equals < 0) ? argument : argument.substring(0, equals) + "=…").replace(LOST, '?');
	}

	private static boolean isSame(String argument, String decoded) {
		return argument.indexOf(LOST) >= 0 || argument.equals(decoded);
	}

	private static List<byte[]> words(Path commandLine) {
		byte[] line;
		try {
			line = Files.readAllBytes(commandLine);
		}
		catch (IOException ex) {
			return List.of(); // not on Linux
		}
		List<byte[]> words = new ArrayList<>();
		int start = 0;
		for (int i = 0; i < line.length; i++) {
			if (line[i] == 0) {
				words.add(Arrays.copyOfRange(line, start, i));
				start = i + 1;
			}
		}
		return words;
	}

	private static @Nullable String decode(byte[] word) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(word)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

}
