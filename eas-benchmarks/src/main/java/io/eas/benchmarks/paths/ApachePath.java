package io.eas.benchmarks.paths;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.benchmarks.clients.Body;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;

/**
 * Calls the instances in turn with Apache's asynchronous HttpClient.
 */
final class ApachePath implements CallPath {

	private static final int CONNECTIONS = 500;

	private final CloseableHttpAsyncClient client = HttpAsyncClients.custom()
		.setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
			.setMaxConnPerRoute(CONNECTIONS)
			.setMaxConnTotal(CONNECTIONS)
			.build())
		.build();

	private final HttpHost[] instances;

	private final AtomicInteger calls = new AtomicInteger();

	ApachePath(List<String> addresses) {
		this.instances = addresses.stream().map(ApachePath::host).toArray(HttpHost[]::new);
		this.client.start();
	}

	private static HttpHost host(String address) {
		String[] parts = address.split(":");
		return new HttpHost("http", parts[0], Integer.parseInt(parts[1]));
	}

	@Override
	public void call(Turn turn) {
		SimpleHttpRequest request = SimpleRequestBuilder.post()
			.setHttpHost(this.instances[Math.floorMod(this.calls.getAndIncrement(), this.instances.length)])
			.setPath("/")
			.setBody(Body.BYTES, ContentType.APPLICATION_OCTET_STREAM)
			.build();
		Future<?> unused = this.client.execute(request, new End(turn));
	}

	@Override
	public void close() {
		this.client.close(CloseMode.GRACEFUL);
	}

	/**
	 * Passes the result of a call to its turn.
	 *
	 * @param turn receives the response or the failure
	 */
	private record End(Turn turn) implements FutureCallback<SimpleHttpResponse> {

		@Override
		public void completed(SimpleHttpResponse response) {
			this.turn.accept(response.getBodyBytes(), null);
		}

		@Override
		public void failed(Exception failure) {
			this.turn.accept(null, failure);
		}

		@Override
		public void cancelled() {
			this.turn.accept(null, new CancellationException());
		}

	}

}
