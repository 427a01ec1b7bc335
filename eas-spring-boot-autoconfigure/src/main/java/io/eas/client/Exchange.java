package io.eas.client;

import java.util.function.BiFunction;

import io.eas.http.BodyBytes;
import io.eas.instance.EasInstance;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One attempt of a call on one instance. Knows whether anything can have reached the
 * instance.
 */
final class Exchange implements BiFunction<HttpClientRequest, NettyOutbound, Publisher<Void>> {

	private final HttpClient client;

	private final EasInstance instance;

	private final Call call;

	private final int maxInMemorySize;

	private volatile boolean connected;

	Exchange(HttpClient client, EasInstance instance, Call call, int maxInMemorySize) {
		this.client = client;
		this.instance = instance;
		this.call = call;
		this.maxInMemorySize = maxInMemorySize;
	}

	/**
	 * Sends the request and reads the whole answer. Cold, for one subscription;
	 * cancelling it closes the connection unless the answer was complete.
	 */
	Mono<Answer> send() {
		return this.client.request(this.call.method())
			.uri(this.call.target())
			.send(this)
			.response(this::receive)
			.singleOrEmpty();
	}

	/**
	 * Whether there was a connection to write to.
	 */
	boolean wasConnected() {
		return this.connected;
	}

	/** Writes the request, once there is a connection. */
	@Override
	public Publisher<Void> apply(HttpClientRequest request, NettyOutbound outbound) {
		this.call.writeHeaders(request.requestHeaders());
		this.connected = true;
		if (this.call.responseTimeout() != null) {
			request.responseTimeout(this.call.responseTimeout());
		}
		return this.call.hasBody() ? outbound.send(Mono.fromSupplier(this.call.body()::buffer)) : outbound;
	}

	private Mono<Answer> receive(HttpClientResponse response, ByteBufFlux body) {
		return BodyBytes.collect(response, body, this.maxInMemorySize)
			.map((bytes) -> new Answer(response.status().code(), response.responseHeaders(), bytes, this.instance));
	}

}
