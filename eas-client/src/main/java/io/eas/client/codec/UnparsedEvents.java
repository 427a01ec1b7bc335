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
 * The bytes of an event stream for a caller that parses them itself. They are held back
 * until the first event is complete, since comments say nothing, and a stream that breaks
 * off before its first event can be asked for again. They are parsed along the way until
 * the first event with content has been found, and passed on untouched from then on. For
 * one stream; not thread-safe.
 */
final class UnparsedEvents {

	private final EventStreamParser parser;

	private final EventContent content;

	private final int limit;

	/** The bytes before the end of the first event. */
	private final ByteArrayOutputStream held = new ByteArrayOutputStream();

	/**
	 * Creates the beginning of a stream.
	 * @param limit the maximum size of an event, and of what precedes the first one, in
	 * bytes
	 * @param content called once, when an event with content has been found
	 */
	UnparsedEvents(int limit, Runnable content) {
		this.parser = new EventStreamParser(limit);
		this.content = new EventContent(content);
		this.limit = limit;
	}

	/**
	 * Takes the next bytes.
	 * @param buffer the bytes, which are released unless they are returned
	 * @return the bytes to pass on, or null if none are
	 * @throws BodyTooLargeException if an event, or what precedes the first one, is too
	 * large
	 */
	@Nullable DataBuffer next(DataBuffer buffer) {
		if (this.content.isFound()) {
			return buffer;
		}
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		boolean begun = this.parser.hasDispatched();
		for (Event event : this.parser.next(DefaultDataBufferFactory.sharedInstance.wrap(bytes))) {
			this.content.look(event.data());
		}
		if (begun) {
			return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
		}
		if (bytes.length > this.limit - this.held.size()) {
			throw new BodyTooLargeException(this.limit);
		}
		this.held.writeBytes(bytes);
		return this.parser.hasDispatched() ? taken() : null;
	}

	private DataBuffer taken() {
		return DefaultDataBufferFactory.sharedInstance.wrap(this.held.toByteArray());
	}

	/**
	 * Ends the stream.
	 * @param endsWithConnection whether only the connection ends the body
	 * @return what is still held, or the failure of a stream that was cut off
	 */
	Flux<DataBuffer> end(boolean endsWithConnection) {
		if (this.parser.hasDispatched()) {
			return Flux.empty();
		}
		if (endsWithConnection) {
			return Flux.error(new CutStreamException());
		}
		return (this.held.size() > 0) ? Flux.just(taken()) : Flux.empty();
	}

}
