package io.eas.emulator.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Protects the admin interface, which has no password, from web pages. A page that a
 * developer happens to open can send requests to this machine, even under a host name of
 * the page's own domain, once that name resolves to this machine (DNS rebinding).
 */
final class AdminAccess {

	/**
	 * The header that every request other than GET must have. A browser sends such a
	 * header to another origin only after a preflight request, which is refused.
	 */
	static final String HEADER = "X-Eas-Admin";

	private AdminAccess() {
	}

	/**
	 * Returns why a request is refused.
	 * @param request the request
	 * @return the reason, or {@code null} if the request is allowed
	 */
	static @Nullable String refusal(HttpServerRequest request) {
		String host = request.requestHeaders().get(HttpHeaderNames.HOST);
		if (host == null || !isLocal(host)) {
			return "the header Host is " + shown(host)
					+ ", which isn't this machine: ask 127.0.0.1 or localhost, or send -H 'Host: localhost'";
		}
		String origin = request.requestHeaders().get(HttpHeaderNames.ORIGIN);
		if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
			return "a page of " + shown(origin) + " has sent the request, and this page isn't from this machine";
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

	/**
	 * Returns whether a host is {@code localhost} or an address that means this machine.
	 */
	private static boolean isLocal(String host) {
		String name = host.replaceFirst(":\\d*$", "");
		return name.equalsIgnoreCase("localhost") || name.equals("[::1]") || name.equals("0.0.0.0")
				|| (NetUtil.isValidIpV4Address(name) && name.startsWith("127."));
	}

}
