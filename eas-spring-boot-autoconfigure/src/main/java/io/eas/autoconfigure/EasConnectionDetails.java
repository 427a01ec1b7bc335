package io.eas.autoconfigure;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details of the connection to EAS. A bean of this type takes precedence over the
 * properties {@code endpoint}, {@code uid} and {@code region-id}. The local EAS for tests
 * is connected by such a bean.
 */
@FunctionalInterface
public interface EasConnectionDetails extends ConnectionDetails {

	/**
	 * Returns the endpoint of the discovery API and of the gateway of a service.
	 * @param alias the name under {@code eas.services}
	 * @return {@code host[:port]} or a URL; null to use the configuration
	 */
	@Nullable String getEndpoint(String alias);

	/**
	 * Returns the networks that the instances of a service are in, which take precedence
	 * over {@code discovery.allowed-networks}.
	 * @param alias the name under {@code eas.services}
	 * @return networks in CIDR notation, such as {@code 127.0.0.0/8}; empty, which is the
	 * default, to use the configuration
	 */
	default List<String> getAllowedNetworks(String alias) {
		return List.of();
	}

	/**
	 * Connects all services to a local EAS, which may run in a container whose ports are
	 * published. Its instances are expected at the same IP address as the endpoint, and
	 * may be at a loopback address.
	 * @param host the host name or IP address; the name is resolved now, which may block
	 * @param port the port of discovery and gateway
	 * @return the details
	 * @throws IllegalArgumentException if the host is unknown
	 */
	static EasConnectionDetails ofLocalEas(String host, int port) {
		InetAddress address;
		try {
			InetAddress[] all = InetAddress.getAllByName(host);
			address = Arrays.stream(all).filter(Inet4Address.class::isInstance).findFirst().orElse(all[0]);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("The host of the local EAS has no address: '" + host + "'", ex);
		}
		// discovery lists the address in the header Host, so it must be an IP address
		String endpoint = NetUtil.toSocketAddressString(NetUtil.toAddressString(address), port);
		String network = NetUtil.toAddressString(address) + "/" + address.getAddress().length * 8;
		return new EasConnectionDetails() {

			@Override
			public String getEndpoint(String alias) {
				return endpoint;
			}

			@Override
			public List<String> getAllowedNetworks(String alias) {
				return List.of(network);
			}

		};
	}

}
