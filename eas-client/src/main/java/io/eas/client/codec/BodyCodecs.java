package io.eas.client.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.eas.http.Answer;
import io.eas.http.Charsets;
import io.eas.http.ContentEncoding;
import io.eas.http.EncodedBody;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractSingleValueEncoder;
import org.springframework.core.codec.Decoder;
import org.springframework.core.codec.Encoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.codec.CodecConfigurer;
import org.springframework.http.codec.DecoderHttpMessageReader;
import org.springframework.http.codec.EncoderHttpMessageWriter;
import org.springframework.util.MimeType;

/**
 * Bodies to bytes and back, with Spring's codecs. Bytes and text take a short way.
 * Thread-safe; everything is on the heap.
 */
public final class BodyCodecs {

	private static final List<MimeType> FALLBACKS = List.of(MediaType.APPLICATION_JSON,
			MediaType.APPLICATION_OCTET_STREAM);

	private final DefaultDataBufferFactory buffers = new DefaultDataBufferFactory();

	private final List<Encoder<?>> encoders;

	private final List<Decoder<?>> decoders;

	private final StreamCodecs streams;

	private final Map<Class<?>, ResolvableType> types = new ConcurrentHashMap<>();

	/**
	 * The codecs of one service.
	 * @param configurer Spring's codecs, with whatever the application adds
	 * @param longestEvent the most bytes of an event of an event stream
	 */
	public BodyCodecs(CodecConfigurer configurer, int longestEvent) {
		this.encoders = configurer.getWriters()
			.stream()
			.filter(EncoderHttpMessageWriter.class::isInstance)
			.<Encoder<?>>map((writer) -> ((EncoderHttpMessageWriter<?>) writer).getEncoder())
			.filter((encoder) -> !(encoder instanceof AbstractSingleValueEncoder))
			.toList();
		this.decoders = configurer.getReaders()
			.stream()
			.filter(DecoderHttpMessageReader.class::isInstance)
			.<Decoder<?>>map((reader) -> ((DecoderHttpMessageReader<?>) reader).getDecoder())
			.toList();
		this.streams = new StreamCodecs(List.copyOf(configurer.getReaders()), longestEvent);
	}

	/**
	 * Reads a stream.
	 * @param stream the bytes
	 * @param headers say what they are
	 * @param type the type of an element
	 * @param content told once: before the first element that {@linkplain EventContent
	 * says something}; at once of what isn't an event stream
	 * @param <T> the same
	 * @return the elements; fails with what the readers say
	 * @throws IllegalArgumentException if nothing reads such a stream
	 */
	public <T> Flux<T> decode(Flux<DataBuffer> stream, HttpHeaders headers, ResolvableType type, Runnable content) {
		return this.streams.decode(stream, headers, type, content);
	}

	/**
	 * What is read into a class.
	 * @param type the class
	 * @return always the same
	 */
	public ResolvableType type(Class<?> type) {
		ResolvableType known = this.types.get(type);
		return (known != null) ? known : this.types.computeIfAbsent(type, ResolvableType::forClass);
	}

	/**
	 * The media type of a body that nothing was said about.
	 * @param body the body
	 * @return bytes or JSON
	 */
	public MediaType defaultType(Object body) {
		boolean binary = body instanceof byte[] || body instanceof CharSequence
				|| writes(ResolvableType.forInstance(body), MediaType.APPLICATION_OCTET_STREAM);
		return binary ? MediaType.APPLICATION_OCTET_STREAM : MediaType.APPLICATION_JSON;
	}

	private boolean writes(ResolvableType type, MediaType contentType) {
		return this.encoders.stream().anyMatch((encoder) -> encoder.canEncode(type, contentType));
	}

	/**
	 * Writes a body.
	 * @param body the body
	 * @param contentType what is announced
	 * @return its bytes
	 * @throws IllegalArgumentException if there is no codec for it
	 */
	public EncodedBody encode(Object body, MediaType contentType) {
		if (body instanceof byte[] bytes) {
			return EncodedBody.of(bytes);
		}
		if (body instanceof CharSequence text) {
			return EncodedBody.of(Charsets.bytes(text.toString(), contentType));
		}
		ResolvableType type = ResolvableType.forInstance(body);
		return this.encoders.stream()
			.filter((encoder) -> encoder.canEncode(type, contentType))
			.findFirst()
			.map((encoder) -> encode(encoder, body, type, contentType))
			.orElseThrow(
					() -> new IllegalArgumentException("there is no codec that writes " + type + " as " + contentType));
	}

	@SuppressWarnings("unchecked")
	private <T> EncodedBody encode(Encoder<T> encoder, Object body, ResolvableType type, MediaType contentType) {
		DefaultDataBuffer buffer = (DefaultDataBuffer) encoder.encodeValue((T) body, this.buffers, type, contentType,
				null);
		ByteBuffer bytes = buffer.getNativeBuffer();
		return new EncodedBody(bytes.array(), bytes.arrayOffset() + buffer.readPosition(), buffer.readableByteCount());
	}

	/**
	 * Whether nothing is read into a type.
	 * @param type the type
	 * @return true for void
	 */
	public static boolean isNothing(ResolvableType type) {
		Class<?> wanted = type.resolve();
		return wanted == Void.class || wanted == void.class;
	}

	/**
	 * Reads the body of an answer.
	 * @param answer the answer
	 * @param type the type of the value
	 * @return the value, null where there is no body or none is asked for
	 * @throws IllegalArgumentException if there is no codec for it
	 * @throws org.springframework.core.codec.CodecException if it is malformed
	 * @throws io.eas.http.BodyTooLargeException if it is too large once decompressed
	 */
	public @Nullable Object decode(Answer answer, ResolvableType type) {
		if (isNothing(type)) {
			return null;
		}
		Class<?> wanted = type.resolve();
		if (wanted == byte[].class) {
			List<String> encodings = ContentEncoding.of(answer.headers());
			byte[] bytes = ContentEncoding.isKnown(encodings) ? ContentEncoding.decoded(answer, encodings)
					: answer.body();
			return (bytes.length == 0) ? null : bytes;
		}
		byte[] bytes = ContentEncoding.decoded(answer);
		if (bytes.length == 0) {
			return null;
		}
		MediaType contentType = Charsets.contentType(answer.headers());
		if (wanted == String.class) {
			return new String(bytes, Charsets.of(contentType));
		}
		Decoder<?> decoder = decoder(type, contentType);
		if (!Charsets.isUnicode(contentType) && decoder.canDecode(type, MediaType.APPLICATION_JSON)) {
			bytes = new String(bytes, Charsets.of(contentType)).getBytes(StandardCharsets.UTF_8);
			contentType = Charsets.inUtf8(contentType);
		}
		return decoder.decode(this.buffers.wrap(bytes), type, contentType, null);
	}

	/**
	 * Models answer JSON under all kinds of names, so JSON and protobuf are tried for a
	 * type that no decoder reads from what was announced.
	 */
	private Decoder<?> decoder(ResolvableType type, MediaType contentType) {
		Decoder<?> decoder = find(type, contentType);
		for (MimeType fallback : FALLBACKS) {
			decoder = (decoder != null) ? decoder : find(type, fallback);
		}
		if (decoder == null) {
			throw new IllegalArgumentException("there is no codec that reads " + type + " from " + contentType);
		}
		return decoder;
	}

	private @Nullable Decoder<?> find(ResolvableType type, MimeType mimeType) {
		for (Decoder<?> decoder : this.decoders) {
			if (decoder.canDecode(type, mimeType)) {
				return decoder;
			}
		}
		return null;
	}

}
