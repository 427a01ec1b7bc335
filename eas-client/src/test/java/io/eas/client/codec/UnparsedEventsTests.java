package io.eas.client.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.http.BodyTooLargeException;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Event streams whose bytes the caller parses.
 */
class UnparsedEventsTests {

	private static final int LIMIT = 120;

	private static final String ROLE = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n";

	private static final String TEXT = "data: {\"choices\":[{\"delta\":{\"content\":\"hello\"}}]}\n\n";

	private final AtomicInteger contents = new AtomicInteger();

	private final AtomicInteger eventless = new AtomicInteger();

	private Flux<String> bytes(boolean chunked, String... buffers) {
		HttpHeaders headers = new DefaultHttpHeaders();
		if (chunked) {
			headers.set("Transfer-Encoding", "chunked");
		}
		Flux<DataBuffer> stream = Flux.fromArray(buffers)
			.map((text) -> DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
		return new StreamCodecs(List.of(), LIMIT)
			.events(stream, headers, this.contents::incrementAndGet, this.eventless::incrementAndGet)
			.map((buffer) -> buffer.toString(StandardCharsets.UTF_8));
	}

	@Test
	void bytesArePassedOnFromTheFirstEvent() {
		StepVerifier.create(bytes(true, ": comment\n\n", "data: o", "ne\n", "\ndata:", " two\n\n"))
			.expectNext(": comment\n\ndata: one\n\ndata:", " two\n\n")
			.verifyComplete();
	}

	@Test
	void streamWithoutEventsIsPassedOnAtItsEnd() {
		StepVerifier.create(bytes(true, ": comment\n\n", ": another\n\n"))
			.expectNext(": comment\n\n: another\n\n")
			.verifyComplete();
		assertThat(this.eventless).hasValue(1);
		StepVerifier.create(bytes(true)).verifyComplete();
		StepVerifier.create(bytes(true, TEXT)).expectNext(TEXT).verifyComplete();
		assertThat(this.eventless).hasValue(1);
	}

	@Test
	void streamThatEndsWithItsConnectionBeforeTheFirstEventIsCutOff() {
		StepVerifier.create(bytes(false, ": comment\n\n", "data: half")).verifyError(CutStreamException.class);
	}

	@Test
	void firstEventWithContentIsFound() {
		StepVerifier.create(bytes(true, ROLE, TEXT.substring(0, 10), TEXT.substring(10), TEXT), 2)
			.expectNext(ROLE, TEXT.substring(0, 10))
			.then(() -> assertThat(this.contents).hasValue(0))
			.thenRequest(1)
			.expectNext(TEXT.substring(10))
			.then(() -> assertThat(this.contents).hasValue(1))
			.thenRequest(1)
			.expectNext(TEXT)
			.verifyComplete();
		assertThat(this.contents).hasValue(1);
	}

	@Test
	void whatIsHeldBackIsLimited() {
		String comment = ":" + "x".repeat(LIMIT / 3) + "\n\n";
		StepVerifier.create(bytes(true, comment, comment, comment, TEXT)).verifyError(BodyTooLargeException.class);
	}

	@Test
	void contentIsNoLongerLookedForAfterManyEventsWithoutAny() {
		String[] events = new String[UnparsedEvents.MOST_EVENTS + 1];
		Arrays.fill(events, ROLE);
		events[UnparsedEvents.MOST_EVENTS] = TEXT;
		StepVerifier.create(bytes(true, events).count()).expectNext(UnparsedEvents.MOST_EVENTS + 1L).verifyComplete();
		assertThat(this.contents).hasValue(0);
	}

	@Test
	void eventsAfterTheFirstContentHaveNoLimit() {
		String large = "data: " + "x".repeat(2 * LIMIT) + "\n\n";
		StepVerifier.create(bytes(true, TEXT, large)).expectNext(TEXT, large).verifyComplete();
	}

}
