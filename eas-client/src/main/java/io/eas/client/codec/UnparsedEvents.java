package io.eas.client.codec;

import java.io.ByteArrayOutputStream;

import io.eas.client.codec.EventStreamParser.Event;
import io.eas.http.BodyTooLargeException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * The bytes of an event stream for a caller that parses them itself. The bytes are held
 * back until the first event is complete: comments have no content, and a stream that
 * breaks off before its first event can be retried. The bytes are also parsed, until an
 * event with content has been found or {@value #MOST_EVENTS} events without content have
 * been parsed. Later bytes are only passed on. For one stream; not thread-safe.
 */
final class UnparsedEvents {

	/** The number of events after which the search for content ends. */
	static final int MOST_EVENTS = 1000;

	private final EventStreamParser parser;

	private final EventContent content;

	private final int limit;

	private final Runnable eventless;

	/** The bytes before the end of the first event; null once they are passed on. */
	private @Nullable ByteArrayOutputStream held = new ByteArrayOutputStream();

	private int events;

	/**
	 * Creates the beginning of a stream.
	 * @param limit the maximum size, in bytes, of an event, and of the bytes that are
	 * held back
	 * @param content called once, when an event with content has been found
	 * @param eventless called before the bytes of a stream without events are passed on
	 */
	UnparsedEvents(int limit, Runnable content, Runnable eventless) {
		this.parser = new EventStreamParser(limit);
		this.content = new EventContent(content);
		this.eventless = eventless;
		this.limit = limit;
	}

	/**
	 * Takes the next bytes.
	 * @param buffer the bytes, which are released unless they are returned
	 * @return the bytes to pass on, or null if none are
	 * @throws BodyTooLargeException if an event, or the part that is held back, is too
	 * large
	 */
	@Nullable DataBuffer next(DataBuffer buffer) {
		if (this.content.isFound() || this.events >= MOST_EVENTS) {
			return buffer;
		}
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		ByteArrayOutputStream beginning = this.held;
		for (Event event : this.parser.next(DefaultDataBufferFactory.sharedInstance.wrap(bytes))) {
			this.events++;
			this.content.look(event.data());
		}
		if (beginning == null) {
			return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
		}
		if (bytes.length > this.limit - beginning.size()) {
			throw new BodyTooLargeException(this.limit);
		}
		beginning.writeBytes(bytes);
		if (!this.parser.hasDispatched()) {
			return null;
		}
		this.held = null;
		return DefaultDataBufferFactory.sharedInstance.wrap(beginning.toByteArray());
	}

	/**
	 * Returns the bytes to pass on at the end of the stream.
	 * @param endsWithConnection whether only closing the connection ends the body
	 * @return the bytes that are still held back, or the failure of a stream that was cut
	 * off
	 */
	Flux<DataBuffer> end(boolean endsWithConnection) {
		ByteArrayOutputStream comments = this.held;
		if (comments == null) {
			return Flux.empty();
		}
		if (endsWithConnection) {
			return Flux.error(new CutStreamException());
		}
		if (comments.size() == 0) {
			return Flux.empty();
		}
		this.eventless.run();
		return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(comments.toByteArray()));
	}

}
