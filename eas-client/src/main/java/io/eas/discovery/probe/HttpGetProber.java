package io.eas.discovery.probe;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

import io.eas.instance.EasInstance;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.tcp.SslProvider;
import reactor.netty.transport.AddressUtils;

/**
 * Prober that sends a GET request. The check passes if the response has a status from 200
 * to 399. Redirects to the same host, with any port, are followed. A redirect to another
 * host isn't followed: the check passes, but its result is marked as dubious. A response
 * that breaks off, or isn't complete in time, fails.
 *
 * <p>
 * Source: kubernetes {@code pkg/probe/http}.
 */
public final class HttpGetProber implements Prober {

	private static final int REDIRECTS = 10;

	private final HttpGetExchange get;

	private final String path;

	private final @Nullable Integer port;

	private final Duration timeout;

	private final Scheduler scheduler;

	/**
	 * Creates a prober.
	 * @param client the HTTP client, without a connection pool
	 * @param path the path with an optional query, in its encoded form
	 * @param port the port, or null for the port of the instance
	 * @param timeout the maximum duration of a health check, including redirects and the
	 * body
	 * @param scheduler runs the timeout
	 */
	public HttpGetProber(HttpClient client, String path, @Nullable Integer port, Duration timeout,
			Scheduler scheduler) {
		this.get = new HttpGetExchange(client);
		this.path = path;
		this.port = port;
		this.timeout = timeout;
		this.scheduler = scheduler;
	}

	@Override
	public Mono<ProbeResult> probe(EasInstance instance) {
		return Mono.defer(() -> ask(instance))
			.onErrorResume(ProbeFailures::areTheirs, (ex) -> Mono.just(failed(": " + ProbeFailures.describe(ex))))
			.timeout(this.timeout,
					Mono.fromSupplier(() -> failed(": no whole answer within " + this.timeout.toMillis() + " ms")),
					this.scheduler);
	}

	private Mono<ProbeResult> ask(EasInstance instance) {
		int asked = (this.port != null) ? this.port : instance.port();
		String address = new EasInstance(instance.host(), asked, 0).address();
		return this.get.once(instance.host(), asked, URI.create("http://" + address + this.path))
			.flatMap((answer) -> judge(answer, 0));
	}

	private Mono<ProbeResult> judge(HttpAnswer answer, int redirects) {
		URI next = answer.next();
		if (next == null) {
			String what = " answered " + answer.status() + ((redirects == 0) ? "" : " after redirects: " + redirects);
			return Mono.just(answer.hasPassed() ? passed(what, false) : failed(what));
		}
		if (!answer.staysOnHost(next)) {
			return Mono.just(
					passed(" was redirected to another host, " + next + ": not followed, and counted as passed", true));
		}
		if (redirects == REDIRECTS) {
			return Mono.just(failed(": more than " + REDIRECTS + " redirects"));
		}
		return this.get.once(next).flatMap((further) -> judge(further, redirects + 1));
	}

	private ProbeResult passed(String what, boolean dubious) {
		return new ProbeResult.Passed("GET " + this.path + what, dubious);
	}

	private ProbeResult failed(String what) {
		return new ProbeResult.Failed("GET " + this.path + what);
	}

	@Override
	public String toString() {
		return "GET " + this.path;
	}

	/**
	 * Sends a GET request over a new connection, without a proxy and without credentials.
	 * Like the kubelet, it doesn't verify certificates, since only the status matters.
	 * Thread-safe.
	 */
	private static final class HttpGetExchange {

		/** The number of bytes of a body to wait for; the rest is ignored. */
		private static final int BODY = 10 * 1024;

		/**
		 * The maximum size of the headers, and of the status line: far more than any
		 * health check sends, but less than the kubelet accepts.
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
		 * Sends a request. The connection is closed when the response is complete, or
		 * when the {@code Mono} is cancelled.
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
		 * Holder of the TLS settings, which are created lazily because that takes some
		 * time.
		 */
		private static final class AnyCertificate {

			static final SslProvider.GenericSslContextSpec<?> SPEC = Http11SslContextSpec.forClient()
				.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE));

		}

	}

	/**
	 * The parts of an HTTP response that a health check needs.
	 *
	 * @param from the URI of the request
	 * @param status the status code
	 * @param location the raw value of the Location header, or null
	 */
	private record HttpAnswer(URI from, int status, @Nullable String location) {

		private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

		boolean hasPassed() {
			return this.status >= 200 && this.status < 400;
		}

		/**
		 * Returns the URI to follow, or null if the response isn't a redirect or has no
		 * location.
		 * @throws IllegalArgumentException if the location isn't a valid URI
		 */
		@Nullable URI next() {
			return (this.location != null && REDIRECTS.contains(this.status)) ? this.from.resolve(this.location) : null;
		}

		boolean staysOnHost(URI next) {
			String host = this.from.getHost();
			return next.getAuthority() == null || next.getAuthority().equals(this.from.getAuthority())
					|| (host != null && host.equalsIgnoreCase(next.getHost()));
		}

	}

}
