package io.eas.emulator.admin;

import java.util.List;
import java.util.Objects;

import io.eas.emulator.net.Assert;
import io.netty.handler.codec.http.QueryStringDecoder;
import reactor.netty.http.server.HttpServerRequest;

/**
 * A request to the admin interface, with decoded path variables and query parameters.
 *
 * @param request the request, with the path variables of its route
 */
public record AdminRequest(HttpServerRequest request) {

	/**
	 * Returns a path variable.
	 * @param name the name in the route's template
	 * @return the decoded value
	 */
	public String part(String name) {
		return QueryStringDecoder.decodeComponent(Objects.requireNonNull(this.request.param(name)));
	}

	/**
	 * Returns a required query parameter.
	 * @param parameter the parameter's name
	 * @return the value
	 * @throws IllegalArgumentException if the parameter is missing or not a whole number
	 */
	public int number(String parameter) {
		List<String> values = new QueryStringDecoder(this.request.uri()).parameters().get(parameter);
		Assert.isTrue(values != null, "the parameter " + parameter + " is missing: ?" + parameter + "=<number>");
		String value = Objects.requireNonNull(values).get(0);
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(parameter + " must be a whole number, was " + value, ex);
		}
	}

}
