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
 * The events of an event stream, read from its bytes as they come, cut anywhere. As the
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML
 * standard</a> says (9.2.5, 9.2.6): lines end with CR, LF or both, a byte order mark and
 * comments are passed over, what is no field, and a number that is none, are ignored, an
 * event without data is none, and what has no blank line behind it at the end is
 * discarded. Of one stream; not thread-safe.
 */
final class EventStreamParser {

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final int limit;

	private byte[] line = new byte[256];

	private int length;

	/** What is told at the next call, since events come before it. */
	private @Nullable BodyTooLargeException failure;

	/** Whether the last byte was a CR, so that an LF belongs to it. */
	private boolean afterReturn;

	private boolean begun;

	private boolean dispatched;

	private final StringBuilder data = new StringBuilder();

	private String type = "";

	private @Nullable String lastEventId;

	private @Nullable Duration retry;

	/**
	 * Nothing read yet.
	 * @param limit the most bytes of a line, and characters of an event
	 */
	EventStreamParser(int limit) {
		this.limit = limit;
	}

	/**
	 * Reads on.
	 * @param buffer what comes next; it is read to its end, and not released
	 * @return the events that end with it
	 * @throws BodyTooLargeException if one is too large, once those before it are known
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

	/** Whether there has been an event. */
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
				// for ever is longer than any stream
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
	 * @param type what it is, empty for a message
	 * @param data its data, lines separated by LF
	 * @param lastEventId the newest id of the stream, or null before the first
	 * @param retry how long to wait before another connection, if it says so
	 */
	record Event(String type, String data, @Nullable String lastEventId, @Nullable Duration retry) {
	}

}
