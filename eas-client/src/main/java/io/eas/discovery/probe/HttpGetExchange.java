package io.eas.discovery.probe;

import java.net.InetSocketAddress;
import java.net.URI;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.tcp.SslProvider;
import reactor.netty.transport.AddressUtils;

/**
 * Sends a GET request over a new connection, without a proxy and without credentials.
 * Certificates are not verified, as by the kubelet, since only the status matters.
 * Thread-safe.
 */
final class HttpGetExchange {

	/** The number of bytes of a body to wait for; the rest is ignored. */
	private static final int BODY = 10 * 1024;

	/**
	 * The maximum size of the headers, and of the status line: far more than any health
	 * check sends, but less than the kubelet accepts.
	 */
	private static final int HEAD = 256 * 1024;

	private final HttpClient client;

	HttpGetExchange(HttpClient client) {
		this.client = client.noProxy()
			.followRedirect(false)
			.disableRetry(true)
			.keepAlive(false)
			.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(HEAD).maxInitialLineLength(HEAD))
			.headers((headers) -> headers.set(HttpHeaderNames.USER_AGENT, "eas-probe/1")
				.set(HttpHeaderNames.ACCEPT, "*/*"));
	}

	/**
	 * Sends a request. The connection is closed when the response is complete, or when
	 * the {@code Mono} is cancelled.
	 */
	Mono<HttpAnswer> once(URI uri) {
		HttpClient fitting = "https".equalsIgnoreCase(uri.getScheme())
				? this.client.secure((ssl) -> ssl.sslContext(AnyCertificate.SPEC)) : this.client;
		return fitting.get()
			.uri(uri)
			.responseConnection((response, connection) -> read(uri, response, connection))
			.single();
	}

	/** Sends a request to a host whose name needn't be a valid host of a URI. */
	Mono<HttpAnswer> once(String host, int port, URI uri) {
		InetSocketAddress address = AddressUtils.createUnresolved(host, port);
		return this.client.remoteAddress(() -> address)
			.get()
			.uri(uri.getRawPath() + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : ""))
			.responseConnection((response, connection) -> read(uri, response, connection))
			.single();
	}

	private static Mono<HttpAnswer> read(URI uri, HttpClientResponse response, Connection connection) {
		HttpAnswer answer = new HttpAnswer(uri, response.status().code(),
				response.responseHeaders().get(HttpHeaderNames.LOCATION));
		return connection.inbound()
			.receive()
			.map(ByteBuf::readableBytes)
			.scan(Integer::sum)
			.takeUntil((bytes) -> bytes >= BODY)
			.then(Mono.just(answer))
			.doFinally((end) -> connection.dispose());
	}

	/**
	 * Holder of the TLS settings, which are created lazily because that takes some time.
	 */
	private static final class AnyCertificate {

		static final SslProvider.GenericSslContextSpec<?> SPEC = Http11SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE));

	}

}
