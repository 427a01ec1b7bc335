package io.eas.emulator.net;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * A request as received, with its complete body. Headers and body must not be changed, so
 * the request is safe to share.
 */
public final class WireRequest {

	private static final Pattern ABSOLUTE_FORM = Pattern.compile("https?://[^/?]*(.*)",
			Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

	private static final byte[] NOTHING = new byte[0];

	private final String method;

	private final String uri;

	private final HttpHeaders headers;

	private final byte[] body;

	private WireRequest(HttpServerRequest request, byte[] body) {
		this.method = request.method().name();
		this.uri = originForm(request.uri());
		this.headers = request.requestHeaders();
		this.body = body;
	}

	/**
	 * Reads a request.
	 * @param request the request on an open connection
	 * @return cold; emits the request once its body has arrived
	 */
	public static Mono<WireRequest> read(HttpServerRequest request) {
		return request.receive()
			.aggregate()
			.asByteArray()
			.defaultIfEmpty(NOTHING)
			.map((body) -> new WireRequest(request, body));
	}

	/**
	 * Returns the path and the query of a request target, which a client may send as an
	 * absolute URL (RFC 9112, section 3.2.2).
	 * @param target the target as sent
	 * @return the target without scheme and host
	 */
	public static String originForm(String target) {
		Matcher whole = ABSOLUTE_FORM.matcher(target);
		if (!whole.matches()) {
			return target;
		}
		return whole.group(1).startsWith("/") ? whole.group(1) : "/" + whole.group(1);
	}

	/**
	 * Returns the HTTP method.
	 * @return a method such as {@code POST}
	 */
	public String method() {
		return this.method;
	}

	/**
	 * Returns the path and the query of the request target.
	 * @return the path and the query as sent, still encoded
	 */
	public String uri() {
		return this.uri;
	}

	/**
	 * Returns whether the request is a WebSocket handshake (RFC 6455, section 4.1).
	 * @return {@code false} for other upgrades, such as {@code h2c}, which the JDK's HTTP
	 * client offers with each request
	 */
	public boolean isWebSocket() {
		return HttpMethod.GET.name().equals(this.method)
				&& this.headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
				&& this.headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
	}

	/**
	 * Returns all headers.
	 * @return names with values, as sent; not to be changed
	 */
	public HttpHeaders headers() {
		return this.headers;
	}

	/**
	 * Returns one header.
	 * @param name in any case
	 * @return the first value, or {@code null}
	 */
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

	/**
	 * Returns the body.
	 * @return its bytes as sent; not to be changed
	 */
	public byte[] body() {
		return this.body;
	}

}
