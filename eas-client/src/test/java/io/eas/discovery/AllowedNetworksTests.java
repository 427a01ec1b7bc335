package io.eas.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Where instances may be.
 */
class AllowedNetworksTests {

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.1", "172.16.0.7", "192.168.1.1", "100.64.0.1", "8.8.8.8", "126.255.255.255",
			"128.0.0.1", "169.253.0.1", "223.255.255.255", "fd00::1", "2001:db8::1" })
	void anyUnicastAddressIsAllowedByDefault(String address) throws UnknownHostException {
		assertThat(AllowedNetworks.of(List.of()).allows(InetAddress.getByName(address))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "169.254.0.1", "224.0.0.1", "0.0.0.0", "255.255.255.255", "::1", "::",
			"fe80::1", "ff02::1" })
	void unspecifiedAndLoopbackAddressesAreRejectedByDefault(String address) throws UnknownHostException {
		assertThat(AllowedNetworks.of(List.of()).allows(InetAddress.getByName(address))).isFalse();
		assertThat(AllowedNetworks.of(List.of("0.0.0.0/0", "::/0")).allows(InetAddress.getByName(address))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "172.16.0.0/12, 172.16.0.0, true", "172.16.0.0/12, 172.31.255.255, true",
			"172.16.0.0/12, 172.32.0.0, false", "172.16.0.0/12, 172.15.255.255, false", "10.1.2.3/32, 10.1.2.3, true",
			"10.1.2.3/32, 10.1.2.4, false", "10.1.2.3/8, 10.9.9.9, true", "192.168.0.0/16, 192.168.255.1, true",
			"200.0.0.0/8, 200.1.1.1, true", "200.0.0.0/8, 201.1.1.1, false", "0.0.0.0/0, 200.1.1.1, true",
			"0.0.0.0/0, fd00::1, false", "fd00::/8, fdff::1, true", "fd00::/8, fe00::1, false",
			"fd00::/8, 10.0.0.1, false", "2001:db8::/32, 2001:db8:ffff::1, true", "2001:db8::/32, 2001:db9::1, false",
			"::/0, 2001:db8::1, true", "::1/128, ::1, true" })
	void networkAllowsAddressesWithItsPrefix(String network, String address, boolean allowed)
			throws UnknownHostException {
		assertThat(AllowedNetworks.of(List.of(network)).allows(InetAddress.getByName(address))).isEqualTo(allowed);
	}

	@Test
	void addressInAnyListedNetworkIsAllowed() throws UnknownHostException {
		AllowedNetworks networks = AllowedNetworks.of(List.of("10.0.0.0/8", "fd00::/8", "192.168.0.0/16"));
		assertThat(networks.allows(InetAddress.getByName("192.168.1.1"))).isTrue();
		assertThat(networks.allows(InetAddress.getByName("fd00::1"))).isTrue();
		assertThat(networks.allows(InetAddress.getByName("172.16.0.1"))).isFalse();
		assertThat(networks).hasToString("10.0.0.0/8, fd00::/8, 192.168.0.0/16");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/8", "10.0.0.0", "10.0.0/8", "10.0.0.0.0/8", "example.com/8", "10.0.0.0/33",
			"10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/255.0.0.0", "fd00::/129", "fd00::", "localhost/8" })
	void invalidNetworkIsRejected(String network) {
		assertThatIllegalArgumentException().isThrownBy(() -> AllowedNetworks.of(List.of("10.0.0.0/8", network)))
			.withMessageStartingWith("'" + network + "' is not a network");
	}

}
