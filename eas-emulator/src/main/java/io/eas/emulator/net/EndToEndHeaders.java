package io.eas.emulator.net;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * The headers that a proxy forwards (RFC 9110, section 7.6.1): all except the hop-by-hop
 * headers and the headers that {@code Connection} names.
 */
final class EndToEndHeaders {

	private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-connection", "te",
			"trailer", "transfer-encoding", "upgrade", "expect");

	private EndToEndHeaders() {
	}

	static void copy(HttpHeaders from, HttpHeaders to) {
		Set<String> hopByHop = hopByHop(from);
		for (Map.Entry<String, String> header : from) {
			if (!hopByHop.contains(header.getKey().toLowerCase(Locale.ROOT))) {
				to.add(header.getKey(), header.getValue());
			}
		}
	}

	private static Set<String> hopByHop(HttpHeaders headers) {
		Set<String> names = new HashSet<>(HOP_BY_HOP);
		for (String options : headers.getAll(HttpHeaderNames.CONNECTION)) {
			for (String option : options.split(",", -1)) {
				names.add(option.strip().toLowerCase(Locale.ROOT));
			}
		}
		return names;
	}

}
