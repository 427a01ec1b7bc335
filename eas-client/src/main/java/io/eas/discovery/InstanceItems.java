package io.eas.discovery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.eas.instance.EasInstance;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads instances from untrusted JSON, in which each item has the form {@code {"ip": …,
 * "port": …, "weight": …}}. An item that can't be used is dropped and reported with the
 * reason; the other items are kept. Unknown members are ignored, and the default weight
 * is {@value #DEFAULT_WEIGHT}. Thread-safe.
 */
public final class InstanceItems {

	private static final int DEFAULT_WEIGHT = 100;

	private static final int QUOTED = 60;

	private final AllowedNetworks allowedNetworks;

	/**
	 * Creates a reader.
	 * @param allowedNetworks the networks that instances may be in
	 */
	public InstanceItems(AllowedNetworks allowedNetworks) {
		this.allowedNetworks = allowedNetworks;
	}

	/**
	 * Reads the items.
	 * @param items the JSON array of items
	 * @return the usable instances, at least one, and the dropped items
	 * @throws DiscoveryException if no item can be used;
	 * {@linkplain DiscoveryException#notFound not found} if all addresses are outside of
	 * the allowed networks
	 */
	public DiscoveryAnswer read(JsonNode items) {
		if (items.isEmpty()) {
			throw new DiscoveryException("the list of instances is empty", null);
		}
		Set<EasInstance> instances = new LinkedHashSet<>();
		List<String> rejected = new ArrayList<>();
		List<InetAddress> outside = new ArrayList<>();
		for (JsonNode item : items) {
			String reason = add(item, instances, outside);
			if (reason != null) {
				rejected.add(reason);
			}
		}
		if (instances.isEmpty()) {
			String none = "none of " + items.size() + " instances can be used, the first: " + rejected.get(0);
			throw (outside.size() == items.size()) ? DiscoveryException.notFound(none + remedy(outside), null)
					: new DiscoveryException(none, null);
		}
		return new DiscoveryAnswer(List.copyOf(instances), rejected.stream().sorted().toList());
	}

	private static String remedy(List<InetAddress> outside) {
		if (!outside.stream().allMatch(InetAddress::isLoopbackAddress)) {
			return "; if the addresses belong to the service, add a network that contains them";
		}
		return outside.stream()
			.map((address) -> (address instanceof Inet4Address) ? "127.0.0.0/8" : "::1/128")
			.distinct()
			.collect(Collectors.joining(", ", "; for the local EAS set eas.discovery.allowed-networks: ", ""));
	}

	private @Nullable String add(JsonNode item, Set<EasInstance> instances, List<InetAddress> outside) {
		InetAddress address = address(item.path("ip"));
		if (address == null) {
			return "ip must be an IP address, was " + quote(item.path("ip"));
		}
		if (!this.allowedNetworks.allows(address)) {
			outside.add(address);
			return "ip " + address.getHostAddress() + " is in none of discovery.allowed-networks ("
					+ this.allowedNetworks + ")";
		}
		JsonNode port = item.path("port");
		if (!port.isInt() || port.intValue() < 1 || port.intValue() > 65535) {
			return quote(item.path("ip")) + ": port must be a number between 1 and 65535, was " + quote(port);
		}
		JsonNode weight = item.path("weight");
		if (!isAbsent(weight) && (!weight.isNumber() || value(weight) < 0)) {
			return quote(item.path("ip")) + ":" + port + ": weight must be a number of at least 0, was "
					+ quote(weight);
		}
		EasInstance instance = new EasInstance(address.getHostAddress(), port.intValue(), weight(weight));
		return instances.add(instance) ? null : instance.address() + " is listed twice";
	}

	private static @Nullable InetAddress address(JsonNode ip) {
		byte[] bytes = ip.isString() ? NetUtil.createByteArrayFromIpAddressString(ip.stringValue()) : null;
		try {
			return (bytes != null) ? InetAddress.getByAddress(bytes) : null;
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	/**
	 * Returns the weight as an integer. A fraction is rounded, but never to 0, which
	 * would drain the instance.
	 */
	private static int weight(JsonNode weight) {
		if (isAbsent(weight)) {
			return DEFAULT_WEIGHT;
		}
		double value = value(weight);
		return (value > 0) ? (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(value))) : 0;
	}

	/**
	 * Returns the nearest double, or infinity if the number is too large. For such a
	 * number, {@code JsonNode.doubleValue} would fail.
	 */
	private static double value(JsonNode number) {
		return number.numberValue().doubleValue();
	}

	/**
	 * Returns the JSON of an untrusted value, truncated because it may be of any length.
	 */
	private static String quote(JsonNode node) {
		String json = node.isMissingNode() ? "missing" : node.toString();
		return (json.length() > QUOTED) ? json.substring(0, QUOTED) + "…" : json;
	}

	private static boolean isAbsent(JsonNode node) {
		return node.isMissingNode() || node.isNull();
	}

}
