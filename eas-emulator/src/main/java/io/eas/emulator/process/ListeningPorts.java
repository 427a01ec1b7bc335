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
 * On which TCP ports a process listens, as Linux tells in {@code /proc}: the sockets
 * among its open files, and the port of each in the tables of all connections. Nothing is
 * found on other systems, or of a process that has ended.
 *
 * <p>
 * Source: {@code proc(5)}.
 */
final class ListeningPorts {

	/** Number, local address with the port, remote address, state; later the inode. */
	private static final Pattern LISTENING = Pattern
		.compile("\\s*\\d+: [0-9A-F]+:([0-9A-F]{4}) \\S+ 0A(?:\\s+\\S+){5}\\s+(\\d+)(?:\\s.*)?");

	private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

	private static final int HEX = 16;

	private ListeningPorts() {
	}

	/**
	 * Says where a process and what it has started listen, if that is anywhere but on a
	 * port.
	 * @param port where it should
	 * @param process the process
	 * @return what to add to a refused connection; empty where it listens nowhere else
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
	 * Looks.
	 * @param process the process
	 * @return its ports, in their order
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
			// not Linux, not ours to see, or gone: what was found until then
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
