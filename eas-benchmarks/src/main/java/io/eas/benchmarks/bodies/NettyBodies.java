package io.eas.benchmarks.bodies;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Transfers bodies with Reactor Netty alone.
 */
final class NettyBodies implements BodyPath {

	private static final int CONNECTIONS = 100;

	private final ConnectionProvider connections = ConnectionProvider.create("raw", CONNECTIONS);

	private final HttpClient client;

	NettyBodies(String address) {
		this.client = HttpClient.create(this.connections).baseUrl("http://" + address);
	}

	@Override
	public Mono<Long> up(byte[] body) {
		return this.client.post()
			.uri("/")
			.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
			.responseSingle((response, content) -> content.asString())
			.map(Long::valueOf);
	}

	@Override
	public Mono<Long> down(String query, long bytes) {
		return this.client.get()
			.uri("/?" + query + "=" + bytes)
			.responseSingle((response, content) -> content.asByteArray())
			.map((body) -> (long) body.length);
	}

	@Override
	public Flux<Integer> stream(long bytes) {
		return this.client.get()
			.uri("/?" + BodyServer.STREAM + "=" + bytes)
			.responseContent()
			.map(ByteBuf::readableBytes);
	}

	@Override
	public void close() {
		this.connections.dispose();
	}

}
