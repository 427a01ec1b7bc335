package io.eas.emulator.probe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Consumer;

import io.eas.emulator.net.Loopback;
import io.eas.emulator.net.Network;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

/**
 * One GET over a connection of its own, without a proxy. Certificates are not verified.
 */
final class HttpGet {

	/**
	 * The limit up to which a body is read, in bytes. The rest of the body is ignored.
	 */
	private static final int BODY = 10 * 1024;

	private static final SslProvider.GenericSslContextSpec<?> ANY_CERTIFICATE = Http11SslContextSpec.forClient()
		.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE));

	private final HttpClient client;

	HttpGet(Network network) {
		this.client = network.client(ConnectionProvider.newConnection(), false)
			.noProxy()
			.secure((ssl) -> ssl.sslContext(ANY_CERTIFICATE))
			.headers(HttpGet::prepare);
	}

	private static void prepare(HttpHeaders headers) {
		headers.set(HttpHeaderNames.USER_AGENT, "eas-probe/1");
		headers.set(HttpHeaderNames.ACCEPT, "*/*");
		headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
	}

	/**
	 * Returns the address of a path. Characters that an address can't contain are
	 * percent-encoded.
	 */
	static URI uri(String path, int port) {
		String rooted = path.startsWith("/") ? path : "/" + path;
		try {
			return ascii(new URI("http://" + Loopback.address(port) + rooted));
		}
		catch (URISyntaxException ex) {
			return encoded(rooted, port);
		}
	}

	private static URI encoded(String path, int port) {
		try {
			return ascii(new URI("http", null, Loopback.HOST, port, path, null, null));
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static URI ascii(URI uri) {
		return URI.create(uri.toASCIIString());
	}

	/**
	 * Sends the request. The connection is closed when the exchange is over or cancelled.
	 * @param begun receives the response once its headers have arrived
	 */
	Mono<HttpAnswer> once(URI uri, Consumer<HttpAnswer> begun) {
		return this.client.get()
			.uri(uri)
			.responseConnection((response, connection) -> read(answer(uri, response), connection, begun))
			.single();
	}

	private static HttpAnswer answer(URI uri, HttpClientResponse response) {
		return new HttpAnswer(uri, response.status().code(), response.responseHeaders().get(HttpHeaderNames.LOCATION),
				null);
	}

	private static Mono<HttpAnswer> read(HttpAnswer answer, Connection connection, Consumer<HttpAnswer> begun) {
		begun.accept(answer);
		return connection.inbound()
			.receive()
			.map(ByteBuf::readableBytes)
			.scan(Integer::sum)
			.takeUntil((bytes) -> bytes >= BODY)
			.then(Mono.just(answer))
			.onErrorResume(NetworkErrors::areTheirs, (ex) -> Mono.just(answer.brokenOff(NetworkErrors.describe(ex))))
			.doFinally((end) -> connection.dispose());
	}

}
