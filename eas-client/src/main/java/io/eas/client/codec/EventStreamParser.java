package io.eas.client.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.eas.http.BodyTooLargeException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Parser for event streams, whose bytes may be split anywhere. It follows the
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML
 * standard</a> (sections 9.2.5 and 9.2.6): lines end with CR, LF or both; a byte order
 * mark, comments, unknown fields and invalid numbers are ignored; an event without data
 * is not dispatched; an event that is not followed by a blank line before the end of the
 * stream is discarded. For one stream; not thread-safe.
 */
final class EventStreamParser {

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final int limit;

	private byte[] line = new byte[256];

	private int length;

	/**
	 * The failure to throw on the next invocation, after the events before it have been
	 * returned.
	 */
	private @Nullable BodyTooLargeException failure;

	/**
	 * Whether the last byte was a CR. If it was, an LF that follows belongs to the same
	 * line end.
	 */
	private boolean afterReturn;

	private boolean begun;

	private boolean dispatched;

	private final StringBuilder data = new StringBuilder();

	private String type = "";

	private @Nullable String lastEventId;

	private @Nullable Duration retry;

	/**
	 * Creates a parser at the beginning of a stream.
	 * @param limit the maximum size of an event: its data in characters and its current
	 * line in bytes, added up
	 */
	EventStreamParser(int limit) {
		this.limit = limit;
	}

	/**
	 * Parses the next bytes.
	 * @param buffer the bytes, which are read to the end and not released
	 * @return the events that these bytes complete
	 * @throws BodyTooLargeException if an event is too large. Complete events before it
	 * are returned first; the exception is then thrown by the next invocation, or
	 * returned by {@link #end()}
	 */
	List<Event> next(DataBuffer buffer) {
		if (this.failure != null) {
			throw this.failure;
		}
		List<Event> events = new ArrayList<>();
		try {
			read(buffer, events);
		}
		catch (BodyTooLargeException ex) {
			if (events.isEmpty()) {
				throw ex;
			}
			this.failure = ex;
		}
		this.dispatched |= !events.isEmpty();
		return events;
	}

	/**
	 * Returns the failure that {@link #next} has kept for its next invocation. Called at
	 * the end of the stream.
	 * @return the failure, or null if there is none
	 */
	@Nullable BodyTooLargeException end() {
		return this.failure;
	}

	/** Returns whether there has been an event. */
	boolean hasDispatched() {
		return this.dispatched;
	}

	private void read(DataBuffer buffer, List<Event> events) {
		for (int left = buffer.readableByteCount(); left > 0; left--) {
			byte next = buffer.read();
			if (next == '\n' && this.afterReturn) {
				this.afterReturn = false;
			}
			else if (next == '\n' || next == '\r') {
				this.afterReturn = next == '\r';
				endLine(events);
			}
			else {
				this.afterReturn = false;
				append(next);
			}
		}
	}

	private void append(byte next) {
		if (this.length + this.data.length() >= this.limit) {
			throw new BodyTooLargeException(this.limit);
		}
		if (this.length == this.line.length) {
			this.line = Arrays.copyOf(this.line, 2 * this.length);
		}
		this.line[this.length++] = next;
	}

	private void endLine(List<Event> events) {
		int start = this.begun ? 0 : byteOrderMark();
		this.begun = true;
		if (this.length == start) {
			dispatch(events);
		}
		else if (this.line[start] != ':') {
			field(new String(this.line, start, this.length - start, StandardCharsets.UTF_8));
		}
		this.length = 0;
	}

	private int byteOrderMark() {
		int mark = BYTE_ORDER_MARK.length;
		return (this.length >= mark && Arrays.equals(this.line, 0, mark, BYTE_ORDER_MARK, 0, mark)) ? mark : 0;
	}

	private void field(String text) {
		int colon = text.indexOf(':');
		String name = (colon < 0) ? text : text.substring(0, colon);
		int from = (colon < 0) ? text.length() : text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
		switch (name) {
			case "event" -> this.type = text.substring(from);
			case "data" -> this.data.append(text, from, text.length()).append('\n');
			case "id" -> identify(text.substring(from));
			case "retry" -> retry(text.substring(from));
			default -> {
				// ignored
			}
		}
	}

	private void identify(String id) {
		if (id.indexOf('\0') < 0) {
			this.lastEventId = id;
		}
	}

	private void retry(String millis) {
		if (!millis.isEmpty() && millis.chars().allMatch((digit) -> digit >= '0' && digit <= '9')) {
			try {
				this.retry = Duration.ofMillis(Long.parseLong(millis));
			}
			catch (NumberFormatException ex) {
				// such a delay exceeds the duration of any stream
			}
		}
	}

	private void dispatch(List<Event> events) {
		if (!this.data.isEmpty()) {
			this.data.setLength(this.data.length() - 1);
			events.add(new Event(this.type, this.data.toString(), this.lastEventId, this.retry));
		}
		this.data.setLength(0);
		this.type = "";
		this.retry = null;
	}

	/**
	 * An event.
	 *
	 * @param type the type of the event, empty for a message
	 * @param data the data, with lines separated by LF
	 * @param lastEventId the most recent id in the stream, or null if there was none
	 * @param retry the reconnection delay, or null if the event has none
	 */
	record Event(String type, String data, @Nullable String lastEventId, @Nullable Duration retry) {
	}

}
