package io.eas.emulator.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Forwards requests to a port of this machine over keep-alive connections, and streams
 * the responses back. Never sends a request twice. Thread-safe.
 */
public final class Forwarder {

	private final HttpClient client;

	private final Tunnel tunnel;

	/**
	 * Creates a forwarder.
	 * @param network supplies the threads and connections
	 */
	public Forwarder(Network network) {
		this.client = network.client(network.connections(), true);
		this.tunnel = new Tunnel(network);
	}

	/**
	 * Forwards one request. A WebSocket handshake turns the connection into a tunnel: the
	 * instance answers the handshake itself, and all further bytes pass unchanged.
	 * @param port the port to forward to
	 * @param request the request, sent with method, target, headers and body as received
	 * @param response the caller's connection
	 * @param answer receives the response, unless the request is a WebSocket handshake
	 * @return cold; completes when the whole response was passed on. Fails if the port
	 * can't be reached or the response breaks off, and with a
	 * {@link java.net.ProtocolException} if the response is not HTTP. Cancelling closes
	 * the connection.
	 */
	public Mono<Void> forward(int port, WireRequest request, HttpServerResponse response, ResponseWriter answer) {
		return request.isWebSocket() ? this.tunnel.open(port, request, response) : ask(port, request, answer);
	}

	private Mono<Void> ask(int port, WireRequest request, ResponseWriter answer) {
		return this.client.request(HttpMethod.valueOf(request.method()))
			.uri("http://" + Loopback.address(port) + request.uri())
			.send((sent, outbound) -> {
				prepare(request, port, sent.requestHeaders());
				return outbound.send(body(request));
			})
			.response((response, content) -> answer.write(response.status().code(), response.responseHeaders(),
					content.retain()))
			.then();
	}

	/**
	 * Sets the headers of the request, without those that the HTTP client would add, such
	 * as {@code User-Agent}.
	 */
	private static void prepare(WireRequest request, int port, HttpHeaders headers) {
		headers.clear();
		EndToEndHeaders.copy(request.headers(), headers);
		if (!headers.contains(HttpHeaderNames.HOST)) {
			headers.set(HttpHeaderNames.HOST, Loopback.address(port));
		}
		if (request.body().length > 0) {
			headers.set(HttpHeaderNames.CONTENT_LENGTH, request.body().length);
		}
	}

	private static Mono<ByteBuf> body(WireRequest request) {
		return (request.body().length > 0) ? Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request.body()))
				: Mono.empty();
	}

}
