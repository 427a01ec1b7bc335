package io.eas.autoconfigure;

import io.eas.instance.EasInstance;

/**
 * Reads the instances of mode static.
 */
final class StaticInstances {

	private static final int DEFAULT_WEIGHT = 100;

	private StaticInstances() {
	}

	/**
	 * Reads {@code host:port} or {@code host:port;weight}.
	 * @param text the text; an IPv6 address stands in brackets
	 * @return the instance
	 * @throws IllegalArgumentException saying what is wrong
	 */
	static EasInstance parse(String text) {
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

}
