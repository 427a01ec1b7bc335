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
 * Sends requests on to a port of this machine and streams the answers back, over
 * connections that are kept alive. Never sends a request twice. Thread-safe.
 */
public final class Forwarder {

	private final HttpClient client;

	private final Tunnel tunnel;

	/**
	 * Stores what it works with.
	 * @param network whose threads and connections to use
	 */
	public Forwarder(Network network) {
		this.client = network.client(network.connections(), true);
		this.tunnel = new Tunnel(network);
	}

	/**
	 * Forwards one request. One for a WebSocket takes the whole connection: its answer is
	 * the instance's to give, and what follows passes as it is.
	 * @param port where to
	 * @param request what to send: method, target, headers and body as they came
	 * @param response the caller's connection
	 * @param answer takes the answer, but for that to a WebSocket's handshake
	 * @return cold; completes when the answer was passed on to its end, fails when the
	 * other side can't be reached or breaks off, and with a
	 * {@link java.net.ProtocolException} when what it answers is no HTTP. Cancelling
	 * closes the connection.
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

	/** None of those that the client would add, such as {@code User-Agent}. */
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
