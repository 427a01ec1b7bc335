package io.eas.emulator.probe;

import java.io.IOException;

import io.eas.emulator.net.Network;
import io.eas.test.RawServer;
import org.junit.jupiter.api.AfterAll;

/**
 * What tests of {@code http_get} share.
 */
abstract class HttpProbes {

	private static final Network NETWORK = new Network();

	final Prober prober = new Prober(NETWORK);

	@AfterAll
	static void close() {
		NETWORK.close();
	}

	ProbeResult probe(String path, int port) {
		return this.prober.probe(Checks.get(path), Checks.at(port)).block(Checks.PATIENCE);
	}

	ProbeResult probeHastily(int port) {
		return this.prober.probe(Checks.within(1, Checks.get("/")), Checks.at(port)).block(Checks.PATIENCE);
	}

	ProbeResult probe(RawServer.Behaviour behaviour) throws IOException {
		try (RawServer server = RawServer.start(behaviour)) {
			return probe("/", server.port());
		}
	}

	static String status(int status) {
		return "HTTP/1.1 " + status + " Some Reason\r\nContent-Length: 0\r\n\r\n";
	}

}
