package io.eas.emulator.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the TCP ports on which a process listens. On Linux, {@code /proc} shows the
 * sockets among the open files of a process, and the port of each socket in the tables of
 * all connections. Nothing is found on other systems or for a process that has ended.
 *
 * <p>
 * Source: {@code proc(5)}.
 */
final class ListeningPorts {

	/**
	 * Columns of the tables: number, local address with the port, remote address, state,
	 * and later the inode.
	 */
	private static final Pattern LISTENING = Pattern
		.compile("\\s*\\d+: [0-9A-F]+:([0-9A-F]{4}) \\S+ 0A(?:\\s+\\S+){5}\\s+(\\d+)(?:\\s.*)?");

	private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

	private static final int HEX = 16;

	private ListeningPorts() {
	}

	/**
	 * Describes the ports on which a process and its descendants listen instead of the
	 * expected port.
	 * @param port the expected port
	 * @param process the process
	 * @return a text to append to the message about a refused connection; empty if they
	 * listen on the expected port or on no port
	 */
	static String insteadOf(int port, ProcessHandle process) {
		NavigableSet<Integer> ports = new TreeSet<>();
		Stream.concat(Stream.of(process), process.descendants()).map(ListeningPorts::of).forEach(ports::addAll);
		if (ports.isEmpty() || ports.contains(port)) {
			return "";
		}
		return "; its process listens on " + ports.stream().map(String::valueOf).collect(Collectors.joining(", "))
				+ " instead of " + port + ": have the command take ${PORT}, or read PORT or SERVER_PORT";
	}

	/**
	 * Returns the ports on which a process listens.
	 * @param process the process
	 * @return the ports in ascending order
	 */
	static NavigableSet<Integer> of(ProcessHandle process) {
		NavigableSet<Integer> ports = new TreeSet<>();
		Path directory = Path.of("/proc", String.valueOf(process.pid()));
		try {
			Set<String> sockets = sockets(directory.resolve("fd"));
			for (String table : List.of("net/tcp", "net/tcp6")) {
				Files.readAllLines(directory.resolve(table))
					.stream()
					.map(LISTENING::matcher)
					.filter((line) -> line.matches() && sockets.contains(line.group(2)))
					.map((line) -> Integer.parseInt(line.group(1), HEX))
					.forEach(ports::add);
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			// not Linux, no permission, or the process has ended: return what was found
			// so far
		}
		return ports;
	}

	private static Set<String> sockets(Path openFiles) throws IOException {
		Set<String> sockets = new HashSet<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(openFiles)) {
			for (Path file : files) {
				Matcher link = SOCKET.matcher(Files.readSymbolicLink(file).toString());
				if (link.matches()) {
					sockets.add(link.group(1));
				}
			}
		}
		return sockets;
	}

}
