package io.eas.benchmarks.paths;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.benchmarks.clients.Body;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Calls the instances in turn with Reactor Netty alone. This is the baseline of all
 * comparisons.
 */
final class NettyPath implements CallPath {

	private static final int CONNECTIONS = 500;

	private final ConnectionProvider connections = ConnectionProvider.create("raw", CONNECTIONS);

	private final HttpClient.RequestSender[] instances;

	private final AtomicInteger calls = new AtomicInteger();

	NettyPath(List<String> addresses) {
		this.instances = addresses.stream().map(this::sender).toArray(HttpClient.RequestSender[]::new);
	}

	private HttpClient.RequestSender sender(String address) {
		return HttpClient.create(this.connections)
			.baseUrl("http://" + address)
			.headers((headers) -> headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_OCTET_STREAM))
			.post()
			.uri("/");
	}

	@Override
	public void call(Turn turn) {
		next().send(Mono.just(Unpooled.wrappedBuffer(Body.BYTES)))
			.responseSingle((response, body) -> body.asByteArray())
			.subscribe(turn);
	}

	private HttpClient.RequestSender next() {
		return (this.instances.length == 1) ? this.instances[0]
				: this.instances[Math.floorMod(this.calls.getAndIncrement(), this.instances.length)];
	}

	@Override
	public void close() {
		this.connections.dispose();
	}

}
