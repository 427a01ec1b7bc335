package io.eas.autoconfigure;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The address of an EAS endpoint.
 *
 * @param url scheme, host and port, without a trailing slash
 */
record EndpointAddress(String url) {

	private static final int MAX_PORT = 65535;

	/**
	 * Reads {@code host[:port]} or a URL.
	 * @param text the text
	 * @return the address
	 * @throws IllegalArgumentException if it is neither
	 */
	static EndpointAddress parse(String text) {
		String url = text.contains("://") ? text : "http://" + text;
		try {
			URI uri = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
			boolean plain = uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null
					&& uri.getRawUserInfo() == null && uri.getPort() != 0 && uri.getPort() <= MAX_PORT;
			if (uri.getHost() != null && plain && uri.getScheme().matches("https?")) {
				return new EndpointAddress(uri.toString());
			}
		}
		catch (URISyntaxException ex) {
			// as below
		}
		throw new IllegalArgumentException("not host[:port] or http://host[:port]");
	}

}
