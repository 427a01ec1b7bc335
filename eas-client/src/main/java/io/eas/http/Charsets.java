package io.eas.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.util.MimeType;

/**
 * Reads and writes text in the charset that {@code Content-Type} names; UTF-8 if it names
 * none. Stateless.
 */
public final class Charsets {

	private static final Pattern NAME = Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)",
			Pattern.CASE_INSENSITIVE);

	private Charsets() {
	}

	/**
	 * Returns the content type of a response, or {@code application/octet-stream} if
	 * there is none or it can't be parsed.
	 * @throws IllegalArgumentException if the header names a charset that this JVM
	 * doesn't support
	 */
	public static MediaType contentType(HttpHeaders headers) {
		String value = headers.get(HttpHeaderNames.CONTENT_TYPE);
		if (value == null) {
			return MediaType.APPLICATION_OCTET_STREAM;
		}
		try {
			return MediaType.parseMediaType(value);
		}
		catch (IllegalArgumentException ex) {
			Matcher charset = NAME.matcher(value);
			if (charset.find() && !isSupported(charset.group(1))) {
				throw new IllegalArgumentException(
						"its charset '" + charset.group(1) + "' isn't supported by this JVM; ask for bytes", ex);
			}
			return MediaType.APPLICATION_OCTET_STREAM;
		}
	}

	private static boolean isSupported(String name) {
		try {
			return Charset.isSupported(name);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/** Returns the charset of a content type; UTF-8 if it names none. */
	public static Charset of(MimeType contentType) {
		Charset charset = contentType.getCharset();
		return (charset != null) ? charset : StandardCharsets.UTF_8;
	}

	/** Returns whether JSON parsers detect the charset themselves. */
	public static boolean isUnicode(MediaType contentType) {
		Charset charset = contentType.getCharset();
		return charset == null || isUtf8(charset) || charset.name().toUpperCase(Locale.ROOT).startsWith("UTF-16")
				|| charset.name().toUpperCase(Locale.ROOT).startsWith("UTF-32");
	}

	private static boolean isUtf8(Charset charset) {
		return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
	}

	/** Returns the content type of the same text after its conversion to UTF-8. */
	public static MediaType inUtf8(MediaType contentType) {
		return new MediaType(contentType, StandardCharsets.UTF_8);
	}

	/**
	 * Encodes a text in the charset of the content type.
	 * @throws IllegalArgumentException if the charset can't encode the text
	 */
	public static byte[] bytes(String text, MediaType contentType) {
		Charset charset = of(contentType);
		if (charset.equals(StandardCharsets.UTF_8)) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		try {
			ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(text));
			byte[] exact = new byte[bytes.remaining()];
			bytes.get(exact);
			return exact;
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("the text has characters that " + charset + " can't encode", ex);
		}
	}

	/**
	 * Converts a stream of text to UTF-8. Text in another charset is converted as it
	 * arrives, each character as soon as it is complete.
	 * @param body the text; its buffers are released
	 * @param contentType names the charset
	 */
	public static Flux<DataBuffer> utf8(Flux<DataBuffer> body, MediaType contentType) {
		Charset charset = of(contentType);
		return isUtf8(charset) ? body : Flux.defer(() -> {
			Transcoder transcoder = new Transcoder(charset);
			return Flux.concat(body.map(transcoder::next), Mono.fromSupplier(transcoder::rest))
				.filter((buffer) -> buffer.readableByteCount() > 0);
		});
	}

	/**
	 * Converts text in chunks that may end within a character. For one stream.
	 */
	private static final class Transcoder {

		private final CharsetDecoder decoder;

		private ByteBuffer left = ByteBuffer.allocate(0);

		Transcoder(Charset charset) {
			this.decoder = charset.newDecoder()
				.onMalformedInput(CodingErrorAction.REPLACE)
				.onUnmappableCharacter(CodingErrorAction.REPLACE);
		}

		DataBuffer next(DataBuffer buffer) {
			ByteBuffer bytes = ByteBuffer.allocate(this.left.remaining() + buffer.readableByteCount());
			bytes.put(this.left);
			buffer.toByteBuffer(bytes);
			DataBufferUtils.release(buffer);
			return decode(bytes.rewind(), false);
		}

		DataBuffer rest() {
			return decode(this.left, true);
		}

		private DataBuffer decode(ByteBuffer bytes, boolean last) {
			CharBuffer text = CharBuffer
				.allocate((int) Math.ceil((bytes.remaining() + 1) * (double) this.decoder.maxCharsPerByte()) + 1);
			this.decoder.decode(bytes, text, last);
			if (last) {
				this.decoder.flush(text);
			}
			this.left = bytes;
			return DefaultDataBufferFactory.sharedInstance
				.wrap(text.flip().toString().getBytes(StandardCharsets.UTF_8));
		}

	}

}
