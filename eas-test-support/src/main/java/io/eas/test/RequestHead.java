package io.eas.test;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * The head of a request to a {@link ScriptedServer}.
 *
 * @param method the HTTP method, such as {@code POST}
 * @param id the value of the header {@value ScriptedServer#ID}
 * @param length the length of the body, in bytes
 * @param streamed whether the request asks for an event stream
 */
record RequestHead(String method, String id, int length, boolean streamed) {

	/**
	 * Reads the head of a request.
	 * @return the head; {@code null} if the connection ends before the head is complete
	 * @throws IllegalArgumentException if the client under test must not send such a head
	 */
	static @Nullable RequestHead read(InputStream in) throws IOException {
		@Nullable String line = line(in);
		if (line == null) {
			return null;
		}
		String method = before(' ', line);
		String id = "";
		int length = 0;
		boolean streamed = false;
		for (line = line(in); line != null && !line.isEmpty(); line = line(in)) {
			String name = before(':', line);
			String value = line.substring(name.length() + 1).strip();
			if (name.equalsIgnoreCase(ScriptedServer.ID)) {
				id = value;
			}
			else if (name.equalsIgnoreCase("Content-Length")) {
				length = Integer.parseInt(value);
			}
			streamed |= name.equalsIgnoreCase(ScriptedServer.STREAMED);
		}
		if (line != null && id.isEmpty()) {
			throw new IllegalArgumentException("a " + method + " without " + ScriptedServer.ID);
		}
		return (line != null) ? new RequestHead(method, id, length, streamed) : null;
	}

	private static String before(char end, String line) {
		int index = line.indexOf(end);
		if (index <= 0) {
			throw new IllegalArgumentException("no head of a request: " + line);
		}
		return line.substring(0, index);
	}

	/** Reads a line without its terminator; {@code null} if the connection ends first. */
	private static @Nullable String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		int next = in.read();
		for (; next >= 0 && next != '\n'; next = in.read()) {
			line.append((char) next);
		}
		return (next >= 0) ? line.toString().stripTrailing() : null;
	}

}
