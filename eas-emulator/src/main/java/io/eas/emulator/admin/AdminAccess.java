package io.eas.emulator.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Keeps web pages away from the admin interface, which needs no password: a page that a
 * developer happens to look at may send requests to this machine, under a name of its
 * own, too, that suddenly means this machine (DNS rebinding).
 */
final class AdminAccess {

	/**
	 * What whoever changes something has to send. A browser asks before it sends such a
	 * header to where its page isn't from, and is refused.
	 */
	static final String HEADER = "X-Eas-Admin";

	private AdminAccess() {
	}

	/**
	 * Why a request is refused.
	 * @param request the request
	 * @return what to say, or null if it is let in
	 */
	static @Nullable String refusal(HttpServerRequest request) {
		String host = request.requestHeaders().get(HttpHeaderNames.HOST);
		if (host == null || !isLocal(host)) {
			return "the header Host is " + shown(host)
					+ ", which isn't this machine: ask 127.0.0.1 or localhost, or send -H 'Host: localhost'";
		}
		String origin = request.requestHeaders().get(HttpHeaderNames.ORIGIN);
		if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
			return "a page of " + shown(origin) + " has asked, which isn't from here";
		}
		if (!request.method().equals(HttpMethod.GET) && !request.requestHeaders().contains(HEADER)) {
			return "the header " + HEADER + " is missing, which no foreign web page can send: curl -X "
					+ request.method() + " -H " + HEADER + ":1 …";
		}
		return null;
	}

	private static String shown(@Nullable String value) {
		return (value != null) ? "'" + value + "'" : "missing";
	}

	/** By its numbers, or by the name that every system has for them. */
	private static boolean isLocal(String host) {
		String name = host.replaceFirst(":\\d*$", "");
		return name.equalsIgnoreCase("localhost") || name.equals("[::1]") || name.equals("0.0.0.0")
				|| (NetUtil.isValidIpV4Address(name) && name.startsWith("127."));
	}

}
