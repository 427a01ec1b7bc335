package io.eas.service;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.eas.client.request.HttpSettings;
import io.eas.http.FirstFailure;
import io.eas.http.SuppliedSslContext;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.resources.ConnectionProvider;

/**
 * Configures the HTTP clients of a service: TLS, the application's customizer, and the
 * event loops. Thread-safe.
 */
final class ServiceNetwork implements UnaryOperator<HttpClient> {

	private final UnaryOperator<HttpClient> loops;

	private final @Nullable SuppliedSslContext sslContext;

	private final @Nullable UnaryOperator<HttpClient> customizer;

	private final FirstFailure failures;

	/**
	 * Creates the network of a service, and tries the customizer.
	 * @param alias the alias of the service
	 * @param settings the settings with the TLS context and the customizer
	 * @param secure whether connections to the endpoint use TLS
	 * @param loops assigns event loops
	 * @throws IllegalArgumentException if the customizer changes a setting that it must
	 * not change
	 */
	ServiceNetwork(String alias, HttpSettings settings, boolean secure, UnaryOperator<HttpClient> loops) {
		this.loops = loops;
		this.sslContext = (secure && settings.sslContext() != null) ? new SuppliedSslContext(settings.sslContext())
				: null;
		this.customizer = settings.customizer();
		this.failures = new FirstFailure(
				"The customizer of " + alias + "'s HTTP client failed; the client is used without it");
		if (this.customizer != null) {
			attempt(this.customizer);
		}
	}

	/**
	 * Tries the customizer on a client with a connection pool, because the client for
	 * calls also has one.
	 */
	private static void attempt(UnaryOperator<HttpClient> customizer) {
		ConnectionProvider pool = ConnectionProvider.create("eas-customizer", 1);
		try {
			customized(HttpClient.create(pool), customizer);
		}
		finally {
			pool.dispose();
		}
	}

	@Override
	public HttpClient apply(HttpClient client) {
		SuppliedSslContext context = this.sslContext;
		HttpClient secured = (context != null && client.configuration().isSecure())
				? client.secure((ssl) -> ssl.sslContext(context)) : client;
		return this.loops.apply((this.customizer != null) ? guarded(secured, this.customizer) : secured);
	}

	private HttpClient guarded(HttpClient client, UnaryOperator<HttpClient> customizer) {
		try {
			return customized(client, customizer);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
			return client;
		}
	}

	private static HttpClient customized(HttpClient client, UnaryOperator<HttpClient> customizer) {
		HttpClient changed = Objects.requireNonNull(customizer.apply(client),
				"A customizer of an EAS client must return a client, but returned null");
		HttpClientConfig before = client.configuration();
		HttpClientConfig after = changed.configuration();
		unchanged("the connection pool", before.connectionProvider(), after.connectionProvider());
		unchanged("the protocol", List.of(before.protocols()), List.of(after.protocols()));
		unchanged("the base URL", before.baseUrl(), after.baseUrl());
		unchanged("the decompression", before.isAcceptGzip(), after.isAcceptGzip());
		return changed;
	}

	private static void unchanged(String what, @Nullable Object before, @Nullable Object after) {
		if (before != after && (before == null || !before.equals(after))) {
			throw new IllegalArgumentException("A customizer of an EAS client must leave " + what
					+ " as it is, since connections, retries and limits depend on it; remove that change");
		}
	}

}
