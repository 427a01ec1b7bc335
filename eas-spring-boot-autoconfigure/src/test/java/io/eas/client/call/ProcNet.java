package io.eas.client.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * The kernel's table of TCP connections.
 */
public final class ProcNet {

	private static final String ESTABLISHED = "01";

	private ProcNet() {
	}

	/**
	 * Counts established connections whose remote port this is. Only Linux has the table;
	 * elsewhere the test is given up.
	 */
	public static long established(int remotePort) {
		String suffix = ":" + String.format(Locale.ROOT, "%04X", remotePort);
		return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
			.flatMap((table) -> lines(table).stream())
			.map((line) -> line.strip().split("\\s+"))
			.filter((fields) -> fields[2].endsWith(suffix) && fields[3].equals(ESTABLISHED))
			.count();
	}

	private static List<String> lines(String table) {
		Path file = Path.of(table);
		Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "the kernel's table is needed");
		try {
			return Files.exists(file) ? Files.readAllLines(file) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
