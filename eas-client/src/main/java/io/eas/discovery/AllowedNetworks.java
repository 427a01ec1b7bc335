package io.eas.discovery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;

/**
 * The networks that an instance's address may lie in. Discovery is plain HTTP without
 * authentication, so what it says is checked before a call with a token goes there.
 * Immutable.
 */
public final class AllowedNetworks {

	private final List<String> cidrs;

	private final List<IpSubnetFilterRule> networks;

	private AllowedNetworks(List<String> cidrs) {
		this.cidrs = List.copyOf(cidrs);
		this.networks = this.cidrs.stream().map(AllowedNetworks::network).toList();
	}

	/**
	 * Networks from their notation.
	 * @param cidrs networks such as {@code 172.16.0.0/12} or {@code fd00::/8}; empty for
	 * every unicast address but loopback, link-local and unspecified ones
	 * @return the networks
	 * @throws IllegalArgumentException naming the first that isn't a network
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
	 * Whether calls may go to an address.
	 * @param address an address
	 * @return true if it lies in one of the networks
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
