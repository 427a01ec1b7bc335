package io.eas.client;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
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
	 * @return the elements, of which none is read before it is asked for; fails with what
	 * the readers say
	 * @throws IllegalArgumentException if nothing reads such a stream
	 */
	@SuppressWarnings("unchecked") // of the type that was asked for
	<T> Flux<T> decode(AnswerStream stream, HttpHeaders headers, ResolvableType type) {
		MediaType contentType = contentType(headers);
		for (MediaType tried : List.of(contentType, MediaType.APPLICATION_NDJSON)) {
			HttpMessageReader<?> reader = find(type, tried);
			if (reader != null) {
				requireReadable(headers, type);
				return (Flux<T>) reader.read(type, new Message(as(tried, headers), stream), Map.of());
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

	private static MediaType contentType(HttpHeaders headers) {
		try {
			MediaType contentType = headers.getContentType();
			return (contentType != null) ? contentType : MediaType.APPLICATION_OCTET_STREAM;
		}
		catch (InvalidMediaTypeException ex) {
			return MediaType.APPLICATION_OCTET_STREAM;
		}
	}

	private static HttpHeaders as(MediaType contentType, HttpHeaders headers) {
		HttpHeaders changed = new HttpHeaders();
		changed.putAll(headers);
		changed.setContentType(contentType);
		return changed;
	}

	/** Bytes are taken as they are. */
	private static void requireReadable(HttpHeaders headers, ResolvableType type) {
		String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
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
