package io.eas.service;

import java.net.URI;
import java.net.URISyntaxException;

import io.eas.instance.EasInstance;
import io.eas.instance.Gateway;

/**
 * The address of an EAS endpoint.
 *
 * @param url scheme, host and port, without a trailing slash
 */
record EndpointAddress(String url) {

	private static final int MAX_PORT = 65535;

	private static final int WEIGHT = 100;

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

	/**
	 * The gateway there, on port 80 or 443 where no other is given.
	 */
	Gateway gateway() {
		URI uri = URI.create(this.url);
		boolean secure = uri.getScheme().equals("https");
		int port = (uri.getPort() > 0) ? uri.getPort() : secure ? 443 : 80;
		String host = uri.getHost().replaceAll("[\\[\\]]", "");
		return new Gateway(new EasInstance(host, port, WEIGHT), secure);
	}

}
