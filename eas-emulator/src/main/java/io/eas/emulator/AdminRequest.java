package io.eas.emulator;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.netty.handler.codec.http.QueryStringDecoder;
import reactor.netty.http.server.HttpServerRequest;

/**
 * What is asked of the admin interface: parts of the path and parameters, decoded.
 *
 * @param request the request, whose route has named the parts of the path
 */
record AdminRequest(HttpServerRequest request) {

	String part(String name) {
		return QueryStringDecoder.decodeComponent(Objects.requireNonNull(this.request.param(name)));
	}

	int index() {
		return number("index", part("index"));
	}

	int number(String parameter) {
		List<String> values = new QueryStringDecoder(this.request.uri()).parameters().get(parameter);
		Checks.require(values != null, "the parameter " + parameter + " is missing: ?" + parameter + "=<number>");
		return number(parameter, Objects.requireNonNull(values).get(0));
	}

	Duration millis() {
		return Duration.ofMillis(number("millis"));
	}

	private static int number(String name, String value) {
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(name + " must be a whole number, was " + value, ex);
		}
	}

}
