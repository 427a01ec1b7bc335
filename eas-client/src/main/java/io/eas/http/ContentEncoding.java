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
 * Decodes a response body as declared by {@code Content-Encoding}. Stateless.
 */
public final class ContentEncoding {

	private static final Set<String> KNOWN = Set.of("gzip", "x-gzip", "deflate");

	private ContentEncoding() {
	}

	/**
	 * Returns the encodings of a body, in the order in which they were applied.
	 * @return the names in lower case; empty if the header is missing, empty or
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

	/** Returns whether a body with these encodings can be decoded. */
	public static boolean isKnown(List<String> encodings) {
		return KNOWN.containsAll(encodings);
	}

	/**
	 * Decodes the body of a response.
	 * @param answer the response; its limit applies to the result of each decoding
	 * @return the decoded bytes, not to be modified
	 * @throws IllegalArgumentException if an encoding isn't supported, or the body isn't
	 * encoded as declared
	 * @throws BodyTooLargeException if the decoded body is too large
	 */
	public static byte[] decoded(Answer answer) {
		return decoded(answer, of(answer.headers()));
	}

	/**
	 * Decodes the body of a response whose encodings are already known.
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
	 * Decodes only the beginning of a body.
	 * @param answer the response
	 * @param most the maximum number of decoded bytes
	 * @return at most this number of bytes, or the whole body if it isn't encoded
	 * @throws IllegalArgumentException if an encoding isn't supported, or the body isn't
	 * encoded as declared
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
			throw new IllegalArgumentException("the answer can't be decoded by its Content-Encoding "
					+ String.join(", ", encodings) + ": " + ex.getMessage(), ex);
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
			throw new IllegalArgumentException(
					"the answer can't be decoded by its Content-Encoding " + encoding + ": " + ex.getMessage(), ex);
		}
	}

}
