package io.eas.ai;

import java.io.IOException;
import java.util.function.Supplier;

import io.eas.client.EasClients;
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

/**
 * Hands the calls of an OkHttp client to the client of a service, if their URL is
 * {@code http://} and the alias. All other calls go on as they are. Thread-safe.
 *
 * @param clients the clients of all services
 * @param meters the registry for meters of streams, or null without one
 */
record AliasInterceptor(EasClients clients, Supplier<@Nullable MeterRegistry> meters) implements Interceptor {

	/** More calls than threads. */
	private static final int UNLIMITED = Integer.MAX_VALUE;

	@Override
	public Response intercept(Chain chain) throws IOException {
		HttpUrl url = chain.request().url();
		if (url.isHttps() || url.port() != HttpUrl.defaultPort("http") || !this.clients.names().contains(url.host())) {
			return chain.proceed(chain.request());
		}
		unlimited(chain.call());
		byte[] body = body(chain.request());
		StreamMeters measured = StreamMeters.of(this.meters.get(), url.host(), chain.request(), body);
		return new AliasCall(url.host(), new AliasBody(url.host(), chain.call(), measured))
			.execute(this.clients.connector(url.host()), chain.request(), body);
	}

	private static byte[] body(Request request) throws IOException {
		Buffer bytes = new Buffer();
		RequestBody body = request.body();
		if (body != null) {
			body.writeTo(bytes);
		}
		return bytes.readByteArray();
	}

	/**
	 * Leaves the limits to the client of the service. OkHttp limits a whole call, which
	 * Spring AI sets to a minute for each chat whatever is configured, and starts 64
	 * calls at a time, so that as many calls that wait would hold up all others.
	 */
	private static void unlimited(Call call) {
		if (call.timeout() instanceof AsyncTimeout timeout) {
			timeout.exit();
		}
		// there is no other way from a call to its dispatcher, and Spring AI creates that
		if (call instanceof RealCall known) {
			Dispatcher dispatcher = known.getClient().dispatcher();
			if (dispatcher.getMaxRequests() < UNLIMITED) {
				dispatcher.setMaxRequestsPerHost(UNLIMITED);
				dispatcher.setMaxRequests(UNLIMITED);
			}
		}
	}

}
