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
 * One GET over a connection of its own, past any proxy and without credentials;
 * certificates are not verified, since nothing that is said matters but the status.
 */
final class HttpGetExchange {

	/** So much of a body is waited for; what follows makes no difference. */
	private static final int BODY = 10 * 1024;

	/** Far more than any check sends in its head; the kubelet takes more. */
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

	/** Asks; the connection is closed when that is over, or cancelled. */
	Mono<HttpAnswer> once(URI uri) {
		HttpClient fitting = "https".equalsIgnoreCase(uri.getScheme())
				? this.client.secure((ssl) -> ssl.sslContext(AnyCertificate.SPEC)) : this.client;
		return fitting.get()
			.uri(uri)
			.responseConnection((response, connection) -> read(uri, response, connection))
			.single();
	}

	/** Asks a host that needn't be one that an URI can name. */
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

	/** Made where it is needed: it takes its time. */
	private static final class AnyCertificate {

		static final SslProvider.GenericSslContextSpec<?> SPEC = Http11SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE));

	}

}
