package io.eas.service;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

import io.eas.instance.EasInstance;
import io.eas.instance.Gateway;
import io.eas.settings.InvalidSettingException;

import org.springframework.util.StringUtils;

/**
 * The address of an EAS endpoint.
 *
 * @param url scheme, host and port, without a trailing slash
 */
record EndpointAddress(String url) {

	private static final int MAX_PORT = 65535;

	private static final int WEIGHT = 100;

	/** An endpoint without path, query and user. If it is invalid, its port is wrong. */
	private static final Pattern PORT_ONLY_WRONG = Pattern.compile("(?:https?://)?(?:[\\w.-]+|\\[[^\\]]*]):[^/?#@]*/?");

	/** The user info of a URL, which may contain a password. */
	private static final Pattern USER = Pattern.compile("^(\\w+://)?.*@");

	/**
	 * Returns the endpoint of a service.
	 * @param settings the settings of the service
	 * @return the address
	 * @throws InvalidSettingException if no endpoint is configured, or it can't be parsed
	 */
	static EndpointAddress of(ServiceSettings settings) {
		String text = settings.knownEndpoint();
		if (text == null) {
			String mode = settings.mode().name().toLowerCase(Locale.ROOT);
			if (StringUtils.hasText(settings.uid()) != StringUtils.hasText(settings.regionId())) {
				String missing = StringUtils.hasText(settings.uid()) ? "region-id" : "uid";
				throw new InvalidSettingException(missing, "missing",
						"be set too in mode " + mode + ", since uid and region-id give the endpoint together",
						"Set " + missing + ", or endpoint in place of both.");
			}
			throw new InvalidSettingException("endpoint", "missing", "be set in mode " + mode,
					"Set uid and region-id, or endpoint; or set the mode to static and list the instances.");
		}
		try {
			return parse(text);
		}
		catch (IllegalArgumentException ex) {
			String shown = USER.matcher(text).replaceFirst("$1******@").replaceFirst("[?#].*", "?…");
			throw new InvalidSettingException("endpoint", "'" + shown + "'", "be host[:port] or http://host[:port]",
					remedy(text));
		}
	}

	private static String remedy(String text) {
		if (text.contains("${")) {
			return "Set what the placeholder names: it isn't known here.";
		}
		if (PORT_ONLY_WRONG.matcher(text).matches()) {
			return "Write a port from 1 to " + MAX_PORT + ", or none for 80, or 443 with https.";
		}
		return "Leave out path, query and user; the paths have properties of their own.";
	}

	/**
	 * Parses {@code host[:port]} or a URL.
	 * @param text the text
	 * @return the address
	 * @throws IllegalArgumentException if the text has neither form
	 */
	static EndpointAddress parse(String text) {
		String url = text.contains("://") ? text : "http://" + text;
		try {
			URI uri = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
			boolean plain = uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null
					&& uri.getRawUserInfo() == null && !url.replaceFirst("/$", "").endsWith(":") && uri.getPort() != 0
					&& uri.getPort() <= MAX_PORT;
			if (uri.getHost() != null && plain && uri.getScheme().matches("https?")) {
				return new EndpointAddress(uri.toString());
			}
		}
		catch (URISyntaxException ex) {
			// fails below
		}
		throw new IllegalArgumentException("not host[:port] or http://host[:port]");
	}

	/** Returns the gateway at this address, with port 80 or 443 if no port is given. */
	Gateway gateway() {
		URI uri = URI.create(this.url);
		boolean secure = uri.getScheme().equals("https");
		int port = (uri.getPort() > 0) ? uri.getPort() : secure ? 443 : 80;
		String host = uri.getHost().replaceAll("[\\[\\]]", "");
		return new Gateway(new EasInstance(host, port, WEIGHT), secure);
	}

}
