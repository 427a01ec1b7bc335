package io.eas.sample.app.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a process listens, as the kernel of Linux tells it.
 */
final class ListeningAddresses {

	private static final String LISTENING = "0A";

	private ListeningAddresses() {
	}

	/**
	 * The addresses of a process without their ports, in hexadecimal: the last eight
	 * digits are those of IPv4, backwards.
	 */
	static List<String> of(long pid) throws IOException {
		Set<String> sockets = sockets(Path.of("/proc", String.valueOf(pid), "fd"));
		return Stream.concat(lines("/proc/net/tcp"), lines("/proc/net/tcp6"))
			.map((line) -> line.strip().split("\\s+"))
			.filter((columns) -> columns[3].equals(LISTENING) && sockets.contains("socket:[" + columns[9] + "]"))
			.map((columns) -> columns[1].substring(0, columns[1].indexOf(':')))
			.toList();
	}

	private static Set<String> sockets(Path descriptors) throws IOException {
		try (Stream<Path> open = Files.list(descriptors)) {
			return open.map(ListeningAddresses::target).collect(Collectors.toSet());
		}
	}

	private static String target(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (IOException ex) {
			return "closed meanwhile";
		}
	}

	private static Stream<String> lines(String table) throws IOException {
		Path path = Path.of(table);
		return Files.exists(path) ? Files.readAllLines(path).stream().skip(1) : Stream.empty();
	}

}
