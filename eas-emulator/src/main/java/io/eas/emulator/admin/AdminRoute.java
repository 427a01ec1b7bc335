package io.eas.emulator.admin;

import java.util.Locale;
import java.util.function.Function;

/**
 * A route of the admin interface.
 *
 * @param method the HTTP method
 * @param template the path with its parameters, such as
 * <code>/services/{service}/scale?instances=</code>
 * @param action the action, which may block; it returns the object to send as JSON, or
 * throws an exception whose message names the valid input
 */
public record AdminRoute(Method method, String template, Function<AdminRequest, Object> action) {

	String path() {
		int query = this.template.indexOf('?');
		return (query < 0) ? this.template : this.template.substring(0, query);
	}

	/**
	 * Returns the route as shown in the response to an unknown path.
	 * @return method and template, such as <code>GET /services</code>
	 */
	@Override
	public String toString() {
		return this.method.name().toUpperCase(Locale.ROOT) + " " + this.template;
	}

	/**
	 * The HTTP methods of routes.
	 */
	public enum Method {

		/** Shows state. */
		GET,

		/** Carries out an action. */
		POST,

		/** Sets a value or a fault. */
		PUT,

		/** Removes something. */
		DELETE

	}

}
