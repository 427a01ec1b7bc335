package io.eas.emulator;

import java.util.List;
import java.util.Set;

import io.eas.emulator.net.WireRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request as an instance sees it. Immutable, except that {@link #body()} is not copied.
 */
public final class EmulatedRequest {

	private final WireRequest request;

	EmulatedRequest(WireRequest request) {
		this.request = request;
	}

	/**
	 * Returns the HTTP method.
	 * @return the method in capitals, such as {@code POST}
	 */
	public String method() {
		return this.request.method();
	}

	/**
	 * Returns the request target as sent.
	 * @return path and query, still encoded, such as {@code /api/predict/mnist?a=1}
	 */
	public String uri() {
		return this.request.uri();
	}

	/**
	 * Returns the path as sent.
	 * @return the target up to the query, still encoded
	 */
	public String path() {
		int mark = uri().indexOf('?');
		return (mark < 0) ? uri() : uri().substring(0, mark);
	}

	/**
	 * Returns the query as sent.
	 * @return the text after the first question mark, still encoded; {@code null} without
	 * a question mark
	 */
	public @Nullable String query() {
		int mark = uri().indexOf('?');
		return (mark < 0) ? null : uri().substring(mark + 1);
	}

	/**
	 * Returns one header.
	 * @param name in any case
	 * @return its first value; {@code null} if it wasn't sent
	 */
	public @Nullable String header(String name) {
		return this.request.header(name);
	}

	/**
	 * Returns all values of a header.
	 * @param name in any case
	 * @return the values in the order sent, empty if there are none
	 */
	public List<String> headers(String name) {
		return List.copyOf(this.request.headers().getAll(name));
	}

	/**
	 * Returns the names of the headers.
	 * @return the names as sent
	 */
	public Set<String> headerNames() {
		return Set.copyOf(this.request.headers().names());
	}

	/**
	 * Returns the body.
	 * @return its bytes as sent, empty if there is none
	 */
	public byte[] body() {
		return this.request.body();
	}

	@Override
	public String toString() {
		return method() + " " + uri();
	}

}
