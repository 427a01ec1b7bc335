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
 * Encodes request bodies and decodes response bodies with Spring's codecs. Bytes and text
 * are handled directly, without a codec. All bodies are on the heap. Thread-safe.
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
	 * Creates the codecs of one service.
	 * @param configurer Spring's codecs with the changes of the application
	 * @param longestEvent the maximum size of an event in an event stream, in bytes
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
	 * Decodes a stream.
	 * @param stream the bytes
	 * @param headers the headers, which declare the format
	 * @param type the type of an element
	 * @param content called once: immediately before the first element
	 * {@linkplain EventContent with content}, or at once if the stream is not an event
	 * stream
	 * @param <T> the type of an element
	 * @return a {@code Flux} of the elements, which fails with the exception of the codec
	 * @throws IllegalArgumentException if there is no codec for such a stream
	 */
	public <T> Flux<T> decode(Flux<DataBuffer> stream, HttpHeaders headers, ResolvableType type, Runnable content) {
		return this.streams.decode(stream, headers, type, content);
	}

	/**
	 * Passes the bytes of an event stream on as they are, for a caller that parses them
	 * itself. No byte is passed on before the first event is complete.
	 * @param stream the bytes
	 * @param headers the headers of the response
	 * @param content called once: immediately before the bytes that complete the first
	 * event {@linkplain EventContent with content}
	 * @param eventless called before the bytes of a stream without events are emitted
	 * @return a {@code Flux} of the bytes, which fails with a {@link CutStreamException}
	 * if the connection is closed before the first event of a stream without a declared
	 * length
	 */
	public Flux<DataBuffer> events(Flux<DataBuffer> stream, HttpHeaders headers, Runnable content, Runnable eventless) {
		return this.streams.events(stream, headers, content, eventless);
	}

	/**
	 * Returns the resolvable type of a class.
	 * @param type the class
	 * @return the same object for each call
	 */
	public ResolvableType type(Class<?> type) {
		ResolvableType known = this.types.get(type);
		return (known != null) ? known : this.types.computeIfAbsent(type, ResolvableType::forClass);
	}

	/**
	 * Returns the default media type of a body.
	 * @param body the body
	 * @return {@code application/octet-stream} or {@code application/json}
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
	 * Encodes a body.
	 * @param body the body
	 * @param contentType the {@code Content-Type} of the request
	 * @return the encoded body
	 * @throws IllegalArgumentException if there is no codec for the body
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
	 * Returns whether a type means that there is no value.
	 * @param type the type
	 * @return true for {@code Void} and {@code void}
	 */
	public static boolean isNothing(ResolvableType type) {
		Class<?> wanted = type.resolve();
		return wanted == Void.class || wanted == void.class;
	}

	/**
	 * Decodes the body of a response.
	 * @param answer the response
	 * @param type the type of the value
	 * @return the value, or null if there is no body or the type stands for no value
	 * @throws IllegalArgumentException if there is no codec for the type, or the body
	 * can't be decompressed
	 * @throws org.springframework.core.codec.CodecException if the body is malformed
	 * @throws io.eas.http.BodyTooLargeException if the body is too large after
	 * decompression
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
	 * Returns a decoder for the type. If none matches the declared content type, JSON and
	 * protobuf are tried, since many models send JSON under another content type.
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
