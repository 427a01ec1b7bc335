package io.eas.emulator.net;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * The headers that a proxy passes on (RFC 9110, section 7.6.1).
 */
final class EndToEnd {

	private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-connection", "te",
			"trailer", "transfer-encoding", "upgrade", "expect");

	private EndToEnd() {
	}

	static void copy(HttpHeaders from, HttpHeaders to) {
		for (Map.Entry<String, String> header : from) {
			if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
				to.add(header.getKey(), header.getValue());
			}
		}
	}

}
