package io.eas.client.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.eas.http.BodyTooLargeException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * Streams and their limits.
 */
class StreamCodecsTests {

	private static final int LIMIT = 20;

	private static final String TOO_LONG = "x".repeat(LIMIT + 1);

	@Test
	void eventAboveTheLimitFailsTheStreamAfterTheEventsBeforeIt() {
		StepVerifier.create(decode("data: one\n\ndata: two\n\n", "data: " + TOO_LONG + "\n\ndata: four\n\n"))
			.expectNext("one", "two")
			.verifyError(BodyTooLargeException.class);
	}

	@Test
	void eventAboveTheLimitInTheLastBufferFailsTheStreamAfterTheEventsBeforeIt() {
		StepVerifier.create(decode("data: one\n\ndata: " + TOO_LONG + "\n\n"))
			.expectNext("one")
			.verifyError(BodyTooLargeException.class);
	}

	@Test
	void failureWaitsUntilTheEventsBeforeItAreRequested() {
		StepVerifier.create(decode("data: one\n\ndata: two\n\ndata: " + TOO_LONG), 1)
			.expectNext("one")
			.thenRequest(1)
			.expectNext("two")
			.verifyError(BodyTooLargeException.class);
	}

	private static Flux<String> decode(String... buffers) {
		HttpHeaders headers = new DefaultHttpHeaders().set("Content-Type", "text/event-stream")
			.set("Transfer-Encoding", "chunked");
		Flux<DataBuffer> stream = Flux.fromArray(buffers)
			.map((text) -> DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
		return new StreamCodecs(List.of(), LIMIT).decode(stream, headers, ResolvableType.forClass(String.class), () -> {
		});
	}

}
