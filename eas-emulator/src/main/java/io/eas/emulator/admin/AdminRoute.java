package io.eas.emulator.admin;

import java.util.Locale;
import java.util.function.Function;

/**
 * A path of the admin interface.
 *
 * @param method the HTTP method
 * @param template the path with its parameters, such as
 * <code>/services/{service}/scale?instances=</code>
 * @param action what is done; may block, returns the JSON to answer with, and fails with
 * a message that says what would have been right
 */
public record AdminRoute(Method method, String template, Function<AdminRequest, Object> action) {

	String path() {
		int query = this.template.indexOf('?');
		return (query < 0) ? this.template : this.template.substring(0, query);
	}

	/**
	 * As it is shown where a path is unknown.
	 * @return method and template, such as <code>GET /services</code>
	 */
	@Override
	public String toString() {
		return this.method.name().toUpperCase(Locale.ROOT) + " " + this.template;
	}

	/**
	 * The methods that routes have.
	 */
	public enum Method {

		/** Shows. */
		GET,

		/** Does. */
		POST,

		/** Sets. */
		PUT,

		/** Removes. */
		DELETE

	}

}
