package io.eas.ai;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferWrapper;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.PooledDataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.mock.http.client.reactive.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What a call of OkHttp wants of the client of a service.
 */
class AliasCallTests {

	private static final Request REQUEST = new Request.Builder().url("http://llm/v1/models").build();

	private final AtomicLong requested = new AtomicLong();

	private final AtomicBoolean cancelled = new AtomicBoolean();

	private HttpStatus status = HttpStatus.OK;

	/** The length that the headers announce, or -1. */
	private long length = -1;

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
		MockClientHttpResponse response = new MockClientHttpResponse(this.status);
		response.getHeaders().setContentType(type);
		if (this.length >= 0) {
			response.getHeaders().setContentLength(this.length);
		}
		response.setBody(body);
		ClientHttpConnector connector = (method, uri, callback) -> Mono.just(response);
		Call call = new OkHttpClient().newCall(REQUEST);
		StreamMeters none = StreamMeters.of(null, "llm", REQUEST, new byte[0]);
		return new AliasCall("llm", new AliasBody("llm", call, none), () -> "s3cr3t").execute(connector, REQUEST,
				new byte[0]);
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
	void closedBodyOfUnknownLengthHasASecondToEnd() throws Exception {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			closeAfterTenBytes(-1);
			assertThat(this.cancelled).isFalse();
			time.advanceTimeBy(Duration.ofSeconds(1));
			assertThat(this.cancelled).isTrue();
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void closingABodyWhoseEndIsDueDoesNotCancelTheCall() throws Exception {
		closeAfterTenBytes(10);
		assertThat(this.cancelled).isFalse();
	}

	@Test
	void closingABodyThatHasNotArrivedAsAWholeCancelsTheCall() throws Exception {
		closeAfterTenBytes(11);
		assertThat(this.cancelled).isTrue();
	}

	/** Closes a body whose end doesn't come. */
	private void closeAfterTenBytes(long length) throws Exception {
		this.length = length;
		Flux<DataBuffer> body = body(1).concatWith(Flux.never()).doOnCancel(() -> this.cancelled.set(true));
		Response response = execute(body, MediaType.APPLICATION_JSON);
		assertThat(response.body().source().readUtf8(10)).isEqualTo("0123456789");
		response.close();
	}

	@Test
	void bufferThatCannotBeReadFailsTheReaderAndIsReleased() throws Exception {
		UnreadableBuffer buffer = new UnreadableBuffer();
		Flux<DataBuffer> body = Flux.<DataBuffer>just(buffer)
			.concatWith(Flux.never())
			.doOnCancel(() -> this.cancelled.set(true));
		try (Response response = execute(body, MediaType.TEXT_EVENT_STREAM)) {
			assertThatIOException().isThrownBy(() -> response.body().string())
				.withCauseInstanceOf(NoSuchMethodError.class);
		}
		assertThat(this.cancelled).isTrue();
		assertThat(buffer.isAllocated()).isFalse();
	}

	@Test
	void closingABodyWithMoreToComeCancelsTheCall() throws Exception {
		execute(body(Integer.MAX_VALUE), MediaType.APPLICATION_JSON).close();
		assertThat(this.cancelled).isTrue();
	}

	@Test
	void streamClosedAfterItsLastEventIsNotCancelled() throws Exception {
		Response response = execute(text("data: {}\n\ndata: [DO", "NE]\n\n").concatWith(Flux.never())
			.doOnCancel(() -> this.cancelled.set(true)), MediaType.TEXT_EVENT_STREAM);
		assertThat(response.body().source().readUtf8(24)).endsWith("data: [DONE]\n\n");
		response.close();
		assertThat(this.cancelled).isFalse();
		await().atMost(Duration.ofSeconds(30)).untilTrue(this.cancelled);
	}

	@Test
	void tokenInAnErrorResponseIsHidden() throws Exception {
		this.status = HttpStatus.UNAUTHORIZED;
		try (Response response = execute(text("bad credentials: Bearer s3cr3t"), MediaType.TEXT_PLAIN)) {
			assertThat(response.body().string()).isEqualTo("bad credentials: Bearer ******");
		}
	}

	private static Flux<DataBuffer> text(String... buffers) {
		return Flux.fromArray(buffers)
			.map((text) -> DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void eventLoopMustNotBlock() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Mono.fromCallable(() -> execute(body(1), MediaType.APPLICATION_JSON))
				.subscribeOn(Schedulers.parallel())
				.block())
			.withMessageStartingWith("llm: a call must not block the thread parallel-");
	}

	/**
	 * A buffer whose class doesn't fit its callers.
	 */
	private static final class UnreadableBuffer extends DataBufferWrapper implements PooledDataBuffer {

		private boolean allocated = true;

		UnreadableBuffer() {
			super(DefaultDataBufferFactory.sharedInstance.wrap(new byte[10]));
		}

		@Override
		public DataBuffer read(byte[] destination) {
			throw new NoSuchMethodError("in another library");
		}

		@Override
		public boolean isAllocated() {
			return this.allocated;
		}

		@Override
		public PooledDataBuffer retain() {
			return this;
		}

		@Override
		public PooledDataBuffer touch(Object hint) {
			return this;
		}

		@Override
		public boolean release() {
			this.allocated = false;
			return true;
		}

	}

}
