package io.eas.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What a body was put through, as {@code Content-Encoding} says. Decides from values
 * alone.
 */
public final class ContentEncoding {

	private static final Set<String> KNOWN = Set.of("gzip", "x-gzip", "deflate");

	private ContentEncoding() {
	}

	/**
	 * The encodings of a body, in the order in which they were applied.
	 * @return in lower case; empty where the header isn't there, says nothing or
	 * {@code identity}
	 */
	public static List<String> of(HttpHeaders headers) {
		if (!headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
			return List.of();
		}
		List<String> encodings = new ArrayList<>();
		for (String value : headers.getAll(HttpHeaderNames.CONTENT_ENCODING)) {
			for (String encoding : value.toLowerCase(Locale.ROOT).split(",")) {
				String name = encoding.strip();
				if (!name.isEmpty() && !name.equals("identity")) {
					encodings.add(name);
				}
			}
		}
		return encodings;
	}

	/** Whether a body can be read that was put through these. */
	public static boolean isKnown(List<String> encodings) {
		return KNOWN.containsAll(encodings);
	}

	/**
	 * The body of an answer as it was before.
	 * @param answer the answer, whose limit holds for each step
	 * @return its bytes, not to be changed
	 * @throws IllegalArgumentException if it isn't what it says, or nothing known
	 * @throws BodyTooLargeException if it is too large
	 */
	public static byte[] decoded(Answer answer) {
		return decoded(answer, of(answer.headers()));
	}

	/**
	 * The same, of an answer whose encodings are known already.
	 */
	public static byte[] decoded(Answer answer, List<String> encodings) {
		byte[] bytes = answer.body();
		if (encodings.isEmpty() || bytes.length == 0) {
			return bytes;
		}
		requireKnown(encodings);
		for (int i = encodings.size() - 1; i >= 0; i--) {
			bytes = decoded(encodings.get(i), bytes, answer.limit());
		}
		return bytes;
	}

	/**
	 * How the body of an answer begins, for which the rest isn't decompressed.
	 * @param answer the answer
	 * @param most the number of bytes that are enough
	 * @return so many at most, or the whole body where it isn't compressed
	 * @throws IllegalArgumentException if it isn't what it says, or nothing known
	 */
	public static byte[] beginning(Answer answer, int most) {
		List<String> encodings = of(answer.headers());
		if (encodings.isEmpty() || answer.body().length == 0) {
			return answer.body();
		}
		requireKnown(encodings);
		InputStream body = new ByteArrayInputStream(answer.body());
		try {
			for (int i = encodings.size() - 1; i >= 0; i--) {
				body = decoding(encodings.get(i), body);
			}
			try (InputStream in = body) {
				return in.readNBytes(most);
			}
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(
					"the answer is not " + String.join(", ", encodings) + " as it says: " + ex.getMessage(), ex);
		}
	}

	private static void requireKnown(List<String> encodings) {
		if (!isKnown(encodings)) {
			throw new IllegalArgumentException("an answer with Content-Encoding " + String.join(", ", encodings)
					+ " can't be read; ask for bytes, or turn the service's compression off");
		}
	}

	private static InputStream decoding(String encoding, InputStream body) throws IOException {
		return encoding.equals("deflate") ? new InflaterInputStream(body) : new GZIPInputStream(body);
	}

	private static byte[] decoded(String encoding, byte[] bytes, int limit) {
		try (InputStream in = decoding(encoding, new ByteArrayInputStream(bytes))) {
			byte[] decoded = in.readNBytes(limit);
			if (in.read() >= 0) {
				throw new BodyTooLargeException(limit);
			}
			return decoded;
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("the answer is not " + encoding + " as it says: " + ex.getMessage(), ex);
		}
	}

}
