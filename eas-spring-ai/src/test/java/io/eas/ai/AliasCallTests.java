package io.eas.ai;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.mock.http.client.reactive.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a call of OkHttp wants of the client of a service.
 */
class AliasCallTests {

	private static final Request REQUEST = new Request.Builder().url("http://llm/v1/models").build();

	private final AtomicLong requested = new AtomicLong();

	private final AtomicBoolean cancelled = new AtomicBoolean();

	/** A body of 10 bytes a buffer. */
	private Flux<DataBuffer> body(int buffers) {
		AtomicInteger number = new AtomicInteger();
		return Flux.<DataBuffer>generate((sink) -> {
			if (number.incrementAndGet() > buffers) {
				sink.complete();
			}
			else {
				sink.next(DefaultDataBufferFactory.sharedInstance.wrap("0123456789".getBytes(StandardCharsets.UTF_8)));
			}
		}).doOnRequest(this.requested::addAndGet).doOnCancel(() -> this.cancelled.set(true));
	}

	private Response execute(Flux<DataBuffer> body, MediaType type) throws Exception {
		MockClientHttpResponse response = new MockClientHttpResponse(HttpStatus.OK);
		response.getHeaders().setContentType(type);
		response.setBody(body);
		ClientHttpConnector connector = (method, uri, callback) -> Mono.just(response);
		Call call = new OkHttpClient().newCall(REQUEST);
		StreamMeters none = StreamMeters.of(null, "llm", REQUEST, new byte[0]);
		return new AliasCall("llm", new AliasBody("llm", call, none)).execute(connector, REQUEST, new byte[0]);
	}

	@Test
	void bodyIsRequestedAsItIsRead() throws Exception {
		try (Response response = execute(body(Integer.MAX_VALUE), MediaType.TEXT_EVENT_STREAM)) {
			assertThat(this.requested).hasValue(8);
			BufferedSource source = response.body().source();
			assertThat(source.readUtf8(10)).isEqualTo("0123456789");
			assertThat(this.requested).hasValue(9);
		}
	}

	@Test
	void closingAStreamOfEventsCancelsTheCall() throws Exception {
		execute(body(Integer.MAX_VALUE), MediaType.TEXT_EVENT_STREAM).close();
		assertThat(this.cancelled).isTrue();
	}

	@Test
	void closingABodyWhoseEndIsAboutToComeDoesNotCancelTheCall() throws Exception {
		AtomicBoolean ended = new AtomicBoolean();
		Response response = execute(body(1).concatWith(Flux.never()).doOnCancel(() -> ended.set(true)),
				MediaType.APPLICATION_JSON);
		assertThat(response.body().source().readUtf8(10)).isEqualTo("0123456789");
		response.close();
		assertThat(ended).isFalse();
	}

	@Test
	void closingABodyWithMoreToComeCancelsTheCall() throws Exception {
		execute(body(Integer.MAX_VALUE), MediaType.APPLICATION_JSON).close();
		assertThat(this.cancelled).isTrue();
	}

	@Test
	void eventLoopMustNotBlock() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Mono.fromCallable(() -> execute(body(1), MediaType.APPLICATION_JSON))
				.subscribeOn(Schedulers.parallel())
				.block())
			.withMessageStartingWith("llm: a call must not block the thread parallel-");
	}

}
