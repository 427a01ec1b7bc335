package io.eas.emulator.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The ports that listeners take from a pool and give back.
 */
@Timeout(60)
class ListenerTests {

	private static final Network NETWORK = new Network();

	@AfterAll
	static void close() {
		NETWORK.close();
	}

	@Test
	void portIsGivenBackOnlyOnce() {
		PortPool ports = PortPool.loopback(FreePort.find());
		Listener first = listener(ports);
		Listener second = listener(ports);
		Listener third = listener(ports);
		int port = first.reserve();
		first.release();
		assertThat(second.reserve()).isEqualTo(port);
		first.release();
		assertThatIllegalStateException().isThrownBy(third::reserve)
			.withMessageStartingWith(
					"no port is left for another instance: port " + port + " is taken; give more ports");
		second.release();
		assertThat(third.reserve()).isEqualTo(port);
		third.release();
	}

	@Test
	void releasedListenerDoesNotOpenAgain() {
		Listener listener = listener(PortPool.loopback(0));
		listener.open();
		listener.release();
		assertThatIllegalStateException().isThrownBy(listener::open).withMessage("the emulator is closed");
	}

	@Test
	void failureToListenIsNamedIfNoneOfSeveralPortsIsFree() throws IOException {
		InetAddress loopback = InetAddress.getLoopbackAddress();
		try (ServerSocket one = new ServerSocket(0, 1, loopback);
				ServerSocket other = new ServerSocket(0, 1, loopback)) {
			int low = Math.min(one.getLocalPort(), other.getLocalPort());
			int high = Math.max(one.getLocalPort(), other.getLocalPort());
			assertThatIllegalStateException()
				.isThrownBy(listener(new PortPool(false, List.of(low, high, low)))::reserve)
				.withMessageStartingWith("no port is left for another instance: none of the 2 ports from " + low
						+ " to " + high + " is free (cannot listen on 127.0.0.1:" + high + ": ")
				.withCauseInstanceOf(UncheckedIOException.class);
		}
	}

	private static Listener listener(PortPool ports) {
		return new Listener(NETWORK, ports, (request, response) -> response.send());
	}

}
