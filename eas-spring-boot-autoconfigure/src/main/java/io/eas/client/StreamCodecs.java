package io.eas.client;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
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
	 * @return the elements, of which none is read before it is asked for; fails with what
	 * the readers say
	 * @throws IllegalArgumentException if nothing reads such a stream
	 */
	@SuppressWarnings("unchecked") // of the type that was asked for
	<T> Flux<T> decode(AnswerStream stream, MediaType contentType, @Nullable String encoding, ResolvableType type) {
		for (MediaType tried : List.of(contentType, MediaType.APPLICATION_NDJSON)) {
			HttpMessageReader<?> reader = find(type, tried);
			if (reader != null) {
				requireReadable(encoding, type);
				return (Flux<T>) reader.read(type, new Message(headers(tried), stream), Map.of());
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

	/** Bytes are taken as they are. */
	private static void requireReadable(@Nullable String encoding, ResolvableType type) {
		boolean raw = type.resolve() == byte[].class || type.resolve() == DataBuffer.class;
		if (encoding != null && !"identity".equalsIgnoreCase(encoding) && !raw) {
			throw new IllegalArgumentException("a stream with Content-Encoding " + encoding
					+ " can't be read; ask for bytes, or turn the service's compression off");
		}
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
