package io.eas.ai;

import java.io.IOException;
import java.util.function.Supplier;

import io.eas.client.EasClients;
import io.eas.client.EasCodecException;
import io.eas.client.EasException;
import io.eas.client.auth.TokenSource;
import io.eas.client.call.ServiceClient;
import io.eas.client.request.HttpSettings;
import io.micrometer.core.instrument.MeterRegistry;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.connection.RealCall;
import okio.AsyncTimeout;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Passes calls of an OkHttp client to the client of a service if their URL is
 * {@code http://} followed by the alias of the service. All other calls proceed
 * unchanged. Thread-safe.
 *
 * @param clients the clients of all services
 * @param meters the registry for meters of streams, or null without one
 */
record AliasInterceptor(EasClients clients, Supplier<@Nullable MeterRegistry> meters) implements Interceptor {

	/** OkHttp's default limit of concurrent calls. */
	private static final int DEFAULT_CALLS = 64;

	/**
	 * OkHttp's default limit of concurrent calls per host; Spring AI raises it to
	 * {@link #DEFAULT_CALLS}.
	 */
	private static final int DEFAULT_CALLS_TO_HOST = 5;

	/**
	 * The number of instances whose connections can all be in use at the same time. This
	 * limits the number of calls, because each call occupies a thread.
	 */
	private static final int INSTANCES = 10;

	@Override
	public Response intercept(Chain chain) throws IOException {
		HttpUrl url = chain.request().url();
		if (url.isHttps() || url.port() != HttpUrl.defaultPort("http") || !this.clients.names().contains(url.host())) {
			return chain.proceed(chain.request());
		}
		HttpSettings settings = settings(url.host());
		leaveLimits(chain.call(), settings);
		byte[] body = body(url.host(), chain.request(), settings.maxInMemorySize().toBytes());
		StreamMeters measured = StreamMeters.of(this.meters.get(), url.host(), chain.request(), body);
		return new AliasCall(url.host(), new AliasBody(url.host(), chain.call(), measured), () -> token(url.host()))
			.execute(connector(url.host()), chain.request(), body);
	}

	private String token(String alias) {
		TokenSource token = (this.clients.get(alias) instanceof ServiceClient client) ? client.settings().token()
				: null;
		return (token != null) ? token.token() : "";
	}

	private ClientHttpConnector connector(String alias) {
		return (this.clients.get(alias) instanceof ServiceClient client) ? client.wholeConnector()
				: this.clients.connector(alias);
	}

	private HttpSettings settings(String alias) {
		return (this.clients.get(alias) instanceof ServiceClient client) ? client.settings().http()
				: HttpSettings.builder().build();
	}

	private static byte[] body(String alias, Request request, long limit) throws IOException {
		RequestBody body = request.body();
		if (body == null) {
			return new byte[0];
		}
		requireWithin(limit, body.contentLength(), alias);
		Buffer bytes = new Buffer();
		body.writeTo(bytes);
		requireWithin(limit, bytes.size(), alias);
		return bytes.readByteArray();
	}

	private static void requireWithin(long limit, long length, String alias) throws IOException {
		if (length > limit) {
			String reason = "the body of the request has " + length + " bytes, more than the limit of " + limit
					+ " bytes (http.max-in-memory-size)";
			EasCodecException failure = new EasCodecException(new EasException.Attempt(alias, null), reason, null);
			throw new IOException(failure.getMessage(), failure);
		}
	}

	/**
	 * Lifts OkHttp's limits, because the client of the service has its own. Spring AI
	 * sets OkHttp's timeout of a whole call to a minute for each chat, whatever is
	 * configured. OkHttp makes 64 calls at a time, so that 64 slow calls would delay all
	 * others. Any other number of calls was set on purpose and is kept.
	 */
	private static void leaveLimits(Call call, HttpSettings settings) {
		if (call.timeout() instanceof AsyncTimeout timeout) {
			timeout.exit();
		}
		// there is no other way from a call to its dispatcher, which Spring AI creates
		if (call instanceof RealCall known) {
			Dispatcher dispatcher = known.getClient().dispatcher();
			int toHost = dispatcher.getMaxRequestsPerHost();
			int calls = INSTANCES * settings.maxConnectionsPerInstance();
			if (calls > DEFAULT_CALLS && dispatcher.getMaxRequests() == DEFAULT_CALLS
					&& (toHost == DEFAULT_CALLS_TO_HOST || toHost == DEFAULT_CALLS)) {
				dispatcher.setMaxRequestsPerHost(calls);
				dispatcher.setMaxRequests(calls);
			}
		}
	}

}
