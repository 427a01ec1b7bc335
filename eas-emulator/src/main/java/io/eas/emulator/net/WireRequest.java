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
 * A request as it arrived, its body read to the end. Not to be changed, so safe to share.
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
	 * @return cold; the request once its body has arrived
	 */
	public static Mono<WireRequest> read(HttpServerRequest request) {
		return request.receive()
			.aggregate()
			.asByteArray()
			.defaultIfEmpty(NOTHING)
			.map((body) -> new WireRequest(request, body));
	}

	/**
	 * The path and the query of a request target, which a client may send as a whole URL
	 * (RFC 9112, section 3.2.2).
	 * @param target as sent
	 * @return the same without scheme and host
	 */
	public static String originForm(String target) {
		Matcher whole = ABSOLUTE_FORM.matcher(target);
		if (!whole.matches()) {
			return target;
		}
		return whole.group(1).startsWith("/") ? whole.group(1) : "/" + whole.group(1);
	}

	/**
	 * The method.
	 * @return such as {@code POST}
	 */
	public String method() {
		return this.method;
	}

	/**
	 * The request target as sent.
	 * @return path with query, still encoded
	 */
	public String uri() {
		return this.uri;
	}

	/**
	 * Whether it begins a WebSocket (RFC 6455, section 4.1).
	 * @return {@code false} for other upgrades, such as the {@code h2c} that the JDK's
	 * client offers with each request
	 */
	public boolean isWebSocket() {
		return HttpMethod.GET.name().equals(this.method)
				&& this.headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
				&& this.headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
	}

	/**
	 * All headers.
	 * @return names with values, as sent; not to be changed
	 */
	public HttpHeaders headers() {
		return this.headers;
	}

	/**
	 * One header.
	 * @param name in any case
	 * @return the first value, or {@code null}
	 */
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

	/**
	 * The body.
	 * @return its bytes as sent; not to be changed
	 */
	public byte[] body() {
		return this.body;
	}

}
