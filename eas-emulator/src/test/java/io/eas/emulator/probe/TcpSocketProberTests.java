package io.eas.emulator.probe;

import java.net.ServerSocket;
import java.net.Socket;

import io.eas.emulator.net.FreePort;
import io.eas.emulator.net.Loopback;
import io.eas.emulator.net.Network;
import io.eas.emulator.probe.ProbeResult.Failure;
import io.eas.emulator.probe.ProbeResult.Success;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code tcp_socket} makes of what servers do.
 */
class TcpSocketProberTests {

	private static final Network NETWORK = new Network();

	private final Prober prober = new Prober(NETWORK);

	@AfterAll
	static void close() {
		NETWORK.close();
	}

	private ProbeResult probe(int port) {
		return this.prober.probe(Checks.socket(), Checks.at(port)).block(Checks.PATIENCE);
	}

	@Test
	void passesWithAConnectionAndClosesItAtOnce() throws Exception {
		try (ServerSocket server = new ServerSocket()) {
			server.bind(Loopback.socketAddress(0));
			assertThat(probe(server.getLocalPort()))
				.isEqualTo(new Success("connected to " + Loopback.address(server.getLocalPort())));
			try (Socket accepted = server.accept()) {
				assertThat(accepted.getInputStream().read()).isEqualTo(-1);
			}
		}
	}

	@Test
	void failsWhereNobodyListens() {
		assertThat(probe(FreePort.find())).isEqualTo(new Failure("connection refused"));
	}

	@Test
	void failsWhereTheQueueIsFull() throws Exception {
		try (ServerSocket server = new ServerSocket(); Socket first = new Socket(); Socket second = new Socket()) {
			server.bind(Loopback.socketAddress(0), 1);
			// the system holds one more than asked for
			first.connect(server.getLocalSocketAddress());
			second.connect(server.getLocalSocketAddress());
			ProbeTarget target = Checks.at(server.getLocalPort());
			assertThat(this.prober.probe(Checks.within(1, Checks.socket()), target).block(Checks.PATIENCE))
				.isEqualTo(new Failure("no connection within 1 s"));
		}
	}

}
