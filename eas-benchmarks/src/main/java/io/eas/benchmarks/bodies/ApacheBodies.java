package io.eas.benchmarks.bodies;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.io.CloseMode;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Transfers bodies with Apache's asynchronous HttpClient, completely in memory.
 */
final class ApacheBodies implements BodyPath {

	private final CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();

	private final String url;

	ApacheBodies(String address) {
		this.url = "http://" + address + "/";
		this.client.start();
	}

	@Override
	public Mono<Long> up(byte[] body) {
		return call(
				() -> SimpleRequestBuilder.post(this.url).setBody(body, ContentType.APPLICATION_OCTET_STREAM).build())
			.map((response) -> Long.valueOf(response.getBodyText()));
	}

	@Override
	public Mono<Long> down(String query, long bytes) {
		return call(() -> SimpleRequestBuilder.get(this.url + "?" + query + "=" + bytes).build())
			.map((response) -> (long) response.getBodyBytes().length);
	}

	private Mono<SimpleHttpResponse> call(Supplier<SimpleHttpRequest> request) {
		return Mono.create((sink) -> {
			Future<?> answer = this.client.execute(request.get(), new End(sink));
			sink.onCancel(() -> answer.cancel(true));
		});
	}

	@Override
	public void close() {
		this.client.close(CloseMode.GRACEFUL);
	}

	/**
	 * Passes the result of a call to a sink.
	 *
	 * @param sink receives the response or the failure
	 */
	private record End(MonoSink<SimpleHttpResponse> sink) implements FutureCallback<SimpleHttpResponse> {

		@Override
		public void completed(SimpleHttpResponse response) {
			this.sink.success(response);
		}

		@Override
		public void failed(Exception failure) {
			this.sink.error(failure);
		}

		@Override
		public void cancelled() {
			this.sink.error(new CancellationException());
		}

	}

}
