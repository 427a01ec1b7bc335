package io.eas.client;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.HttpMessageReader;

/**
 * Streams to elements, with Spring's readers. Thread-safe.
 *
 * @param readers all of them, the first one that can is used
 */
record StreamCodecs(List<HttpMessageReader<?>> readers) {

	/**
	 * Reads a stream.
	 * @param stream the bytes
	 * @param contentType what they say they are
	 * @param encoding their {@code Content-Encoding}, or null
	 * @param type the type of an element
	 * @return the elements; fails with what the readers say
	 * @throws IllegalArgumentException if nothing reads such a stream
	 */
	@SuppressWarnings("unchecked") // of the type that was asked for
	<T> Flux<T> decode(AnswerStream stream, MediaType contentType, @Nullable String encoding, ResolvableType type) {
		for (MediaType tried : List.of(contentType, MediaType.APPLICATION_NDJSON)) {
			HttpMessageReader<?> reader = find(type, tried);
			if (reader != null) {
				// bytes are taken as they are
				boolean raw = type.resolve() == byte[].class || type.resolve() == DataBuffer.class;
				requireReadable(raw ? null : encoding);
				Flux<DataBuffer> body = raw ? stream : stream.map(StreamCodecs::unpooled);
				return (Flux<T>) reader.read(type, new Message(headers(tried), body), Map.of());
			}
		}
		throw new IllegalArgumentException("there is no codec that reads a stream of " + type + " from " + contentType);
	}

	private @Nullable HttpMessageReader<?> find(ResolvableType type, MediaType contentType) {
		for (HttpMessageReader<?> reader : this.readers) {
			if (reader.canRead(type, contentType)) {
				return reader;
			}
		}
		return null;
	}

	/** All that readers look at. */
	private static HttpHeaders headers(MediaType contentType) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(contentType);
		return headers;
	}

	private static void requireReadable(@Nullable String encoding) {
		if (encoding != null && !"identity".equalsIgnoreCase(encoding)) {
			throw new IllegalArgumentException("a stream with Content-Encoding " + encoding
					+ " can't be read; ask for bytes, or turn the service's compression off");
		}
	}

	/**
	 * Spring's {@code JacksonTokenizer} releases what it can't read, which Reactor then
	 * discards, and so releases again: memory that belongs to others, too, if it is
	 * pooled.
	 */
	private static DataBuffer unpooled(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

	/**
	 * What a reader reads from.
	 *
	 * @param getHeaders the headers
	 * @param getBody the body
	 */
	private record Message(HttpHeaders getHeaders, Flux<DataBuffer> getBody) implements ReactiveHttpInputMessage {
	}

}
