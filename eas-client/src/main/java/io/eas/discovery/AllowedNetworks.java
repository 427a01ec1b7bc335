package io.eas.discovery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;

/**
 * The networks that the addresses of instances may be in. Discovery uses plain HTTP
 * without authentication, so each address is checked before a call with a token goes to
 * it. Immutable.
 */
public final class AllowedNetworks {

	private final List<String> cidrs;

	private final List<IpSubnetFilterRule> networks;

	private AllowedNetworks(List<String> cidrs) {
		this.cidrs = List.copyOf(cidrs);
		this.networks = this.cidrs.stream().map(AllowedNetworks::network).toList();
	}

	/**
	 * Parses networks in CIDR notation.
	 * @param cidrs networks such as {@code 172.16.0.0/12} or {@code fd00::/8}; empty for
	 * every unicast address except loopback, link-local and unspecified ones
	 * @return the networks
	 * @throws IllegalArgumentException if an element isn't a network; the message names
	 * the first such element
	 */
	public static AllowedNetworks of(List<String> cidrs) {
		return new AllowedNetworks(cidrs);
	}

	private static IpSubnetFilterRule network(String cidr) {
		int slash = cidr.indexOf('/');
		byte[] address = NetUtil.createByteArrayFromIpAddressString(cidr.substring(0, Math.max(slash, 0)));
		if (address == null) {
			throw new IllegalArgumentException("'" + cidr + "' is not a network such as 172.16.0.0/12");
		}
		try {
			int prefix = Integer.parseInt(cidr.substring(slash + 1));
			return new IpSubnetFilterRule(InetAddress.getByAddress(address), prefix, IpFilterRuleType.ACCEPT);
		}
		catch (Exception ex) {
			throw new IllegalArgumentException(
					"'" + cidr + "' is not a network: the prefix must be between 0 and " + address.length * 8, ex);
		}
	}

	/**
	 * Returns whether calls may go to an address.
	 * @param address the address
	 * @return true if the address is in one of the networks, or allowed by an empty list
	 * as described in {@link #of}
	 */
	public boolean allows(InetAddress address) {
		if (this.networks.isEmpty()) {
			return !address.isAnyLocalAddress() && !address.isLoopbackAddress() && !address.isLinkLocalAddress()
					&& !address.isMulticastAddress() && !isBroadcast(address);
		}
		InetSocketAddress socketAddress = new InetSocketAddress(address, 0);
		return this.networks.stream().anyMatch((network) -> network.matches(socketAddress));
	}

	private static boolean isBroadcast(InetAddress address) {
		byte[] bytes = address.getAddress();
		return bytes.length == 4 && (bytes[0] & 0xF0) == 0xF0;
	}

	@Override
	public String toString() {
		return this.cidrs.isEmpty() ? "any unicast address but loopback and link-local" : String.join(", ", this.cidrs);
	}

}
