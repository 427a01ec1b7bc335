package io.eas.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ListenAddressTests {

	@ParameterizedTest
	@ValueSource(ints = { 8080, 9090 })
	void portsOfTheEngineAreReserved(int port) {
		assertThat(new ListenAddress(port, null).isReserved()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 80, 8000, 8081, 9091 })
	void otherPortsAreNotReserved(int port) {
		assertThat(new ListenAddress(port, null).isReserved()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, true, 127.0.0.1", "127.1.2.3, true, 127.1.2.3", "::1, true, [0:0:0:0:0:0:0:1]",
			"0.0.0.0, false, 127.0.0.1", "::, false, 127.0.0.1", "172.16.0.7, false, 172.16.0.7" })
	void loopbackAndLocalHostAreDerivedFromTheAddress(String address, boolean loopback, String host)
			throws UnknownHostException {
		ListenAddress listen = new ListenAddress(8000, InetAddress.getByName(address));
		assertThat(listen.isLoopback()).isEqualTo(loopback);
		assertThat(listen.localHost()).isEqualTo(host);
	}

	@Test
	void listensOnAllAddressesWhereNoneIsGiven() {
		assertThat(new ListenAddress(8000, null).isLoopback()).isFalse();
		assertThat(new ListenAddress(8000, null).localHost()).isEqualTo("127.0.0.1");
	}

}
