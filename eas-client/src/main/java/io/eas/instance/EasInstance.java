package io.eas.instance;

import org.jspecify.annotations.Nullable;

/**
 * One instance of a service. Its identity is its address: two values with the same host
 * and port are equal whatever their weights, so what is known of an instance survives a
 * change of its weight.
 *
 * @param host the IP address, or in static mode possibly a name; IPv6 without brackets
 * @param port the port, 1 to 65535
 * @param weight the share of traffic relative to the weights of the others; 0 takes no
 * traffic while others do
 * @param omitted whether the newest answer of discovery omits it, which is doubted until
 * the next one: it is used, but not after the first sign that it is gone
 */
public record EasInstance(String host, int port, int weight, boolean omitted) implements Comparable<EasInstance> {

	private static final int DEFAULT_WEIGHT = 100;

	/**
	 * Checks its parts.
	 * @throws IllegalArgumentException if the host is empty, the port outside 1-65535 or
	 * the weight negative
	 */
	public EasInstance {
		if (host.isEmpty()) {
			throw new IllegalArgumentException("host must not be empty");
		}
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("port must be between 1 and 65535, was " + port);
		}
		if (weight < 0) {
			throw new IllegalArgumentException("weight must not be negative, was " + weight);
		}
	}

	/**
	 * An instance that is listed.
	 * @param host see {@link #host}
	 * @param port see {@link #port}
	 * @param weight see {@link #weight}
	 * @throws IllegalArgumentException as above
	 */
	public EasInstance(String host, int port, int weight) {
		this(host, port, weight, false);
	}

	/**
	 * Reads an instance as people write it.
	 * @param text {@code host:port} or {@code host:port;weight}; an IPv6 address stands
	 * in brackets, and the weight is 100 by default
	 * @return the instance
	 * @throws IllegalArgumentException saying what is wrong
	 */
	public static EasInstance parse(String text) {
		if (text.contains("://")) {
			throw new IllegalArgumentException("it is a host and a port, without http:// in front");
		}
		String[] parts = text.strip().split(";", -1);
		int colon = parts[0].lastIndexOf(':');
		if (colon < 1 || parts.length > 2) {
			throw new IllegalArgumentException("a host, a colon and a port are needed");
		}
		String host = parts[0].substring(0, colon);
		boolean bracketed = host.startsWith("[") && host.endsWith("]");
		if (!bracketed && host.indexOf(':') >= 0) {
			throw new IllegalArgumentException("an IPv6 address must stand in brackets");
		}
		return new EasInstance(bracketed ? host.substring(1, host.length() - 1) : host,
				number("port", parts[0].substring(colon + 1)),
				(parts.length == 2) ? number("weight", parts[1]) : DEFAULT_WEIGHT);
	}

	private static int number(String what, String text) {
		try {
			return Integer.parseInt(text.strip());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(what + " must be a number, was '" + text + "'", ex);
		}
	}

	/**
	 * The address as people write it.
	 * @return {@code host:port}, with brackets around an IPv6 address
	 */
	public String address() {
		return (this.host.indexOf(':') >= 0) ? "[" + this.host + "]:" + this.port : this.host + ":" + this.port;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof EasInstance that && this.port == that.port && this.host.equals(that.host);
	}

	@Override
	public int hashCode() {
		return 31 * this.host.hashCode() + this.port;
	}

	/**
	 * Orders by address.
	 */
	@Override
	public int compareTo(EasInstance other) {
		int order = this.host.compareTo(other.host);
		return (order != 0) ? order : Integer.compare(this.port, other.port);
	}

	@Override
	public String toString() {
		return address() + ";" + this.weight;
	}

}
