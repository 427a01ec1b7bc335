package io.eas.instance;

import org.jspecify.annotations.Nullable;

/**
 * One instance of a service, identified by its address: two values with the same host and
 * port are equal, whatever their weights. So the state of an instance survives a change
 * of its weight. Immutable.
 *
 * @param host the IP address or, in static mode, possibly a host name; IPv6 without
 * brackets
 * @param port the port, 1 to 65535
 * @param weight the share of traffic, relative to the weights of the other instances; an
 * instance with weight 0 gets no traffic while other instances have a positive weight
 * @param omitted whether the latest discovery response doesn't list the instance, and the
 * next response has yet to confirm this. Until then, the instance is used, but a single
 * failure ejects it
 */
public record EasInstance(String host, int port, int weight, boolean omitted) implements Comparable<EasInstance> {

	private static final int DEFAULT_WEIGHT = 100;

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if the host is empty, the port is not between 1
	 * and 65535, or the weight is negative
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
	 * Creates an instance that discovery lists.
	 * @param host see {@link #host}
	 * @param port see {@link #port}
	 * @param weight see {@link #weight}
	 * @throws IllegalArgumentException if a value is invalid
	 */
	public EasInstance(String host, int port, int weight) {
		this(host, port, weight, false);
	}

	/**
	 * Parses the text form of an instance.
	 * @param text {@code host:port} or {@code host:port;weight}; an IPv6 address must be
	 * in brackets, and the default weight is 100
	 * @return the instance
	 * @throws IllegalArgumentException if the text is invalid; the message names the
	 * problem
	 */
	public static EasInstance parse(String text) {
		if (text.contains("://")) {
			throw new IllegalArgumentException("it must be a host and a port, without http:// in front");
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
	 * Returns the text form of the address.
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
	 * Compares the hosts as text, and then the ports.
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
