package io.eas.emulator.admin;

import java.util.List;
import java.util.Objects;

import io.eas.emulator.net.Assert;
import io.netty.handler.codec.http.QueryStringDecoder;
import reactor.netty.http.server.HttpServerRequest;

/**
 * What is asked of the admin interface: parts of the path and parameters, decoded.
 *
 * @param request the request, whose route has named the parts of the path
 */
public record AdminRequest(HttpServerRequest request) {

	/**
	 * A part of the path.
	 * @param name as in the route's template
	 * @return the part, decoded
	 */
	public String part(String name) {
		return QueryStringDecoder.decodeComponent(Objects.requireNonNull(this.request.param(name)));
	}

	/**
	 * The part of the path that counts instances.
	 * @return the number
	 * @throws IllegalArgumentException if it isn't a whole number
	 */
	public int index() {
		return number("index", part("index"));
	}

	/**
	 * A parameter that must be there.
	 * @param parameter its name
	 * @return its value
	 * @throws IllegalArgumentException if it is missing or isn't a whole number
	 */
	public int number(String parameter) {
		List<String> values = new QueryStringDecoder(this.request.uri()).parameters().get(parameter);
		Assert.isTrue(values != null, "the parameter " + parameter + " is missing: ?" + parameter + "=<number>");
		return number(parameter, Objects.requireNonNull(values).get(0));
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
