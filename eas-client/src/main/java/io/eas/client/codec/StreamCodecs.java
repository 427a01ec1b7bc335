package io.eas.client.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.eas.client.codec.EventStreamParser.Event;
import io.eas.http.BodyTooLargeException;
import io.eas.http.Charsets;
import io.eas.http.ContentEncoding;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.Decoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.DecoderHttpMessageReader;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Decodes streams into elements with Spring's readers. Event streams are parsed by an
 * {@link EventStreamParser}, because Spring's parser doesn't support byte order marks or
 * CR, and doesn't ignore invalid fields. Thread-safe.
 *
 * @param readers all readers; the first one that supports the type is used
 * @param longestEvent the maximum size of an event, in bytes
 */
record StreamCodecs(List<HttpMessageReader<?>> readers, int longestEvent) {

	/**
	 * Decodes a stream.
	 * @param stream the bytes
	 * @param headers the headers, which declare the format
	 * @param type the type of an element
	 * @param content called once: immediately before the first element with content, or
	 * at once if the stream is not an event stream
	 * @return a {@code Flux} of the elements, which fails with the exception of the
	 * reader
	 * @throws IllegalArgumentException if there is no reader for such a stream
	 */
	@SuppressWarnings("unchecked") // the reader creates elements of this type
	<T> Flux<T> decode(Flux<DataBuffer> stream, io.netty.handler.codec.http.HttpHeaders headers, ResolvableType type,
			Runnable content) {
		Class<?> element = type.resolve();
		// bytes are not decoded
		boolean raw = element == byte[].class || element == DataBuffer.class;
		MediaType contentType = raw ? MediaType.APPLICATION_OCTET_STREAM : Charsets.contentType(headers);
		if (isEventStream(contentType, element == ServerSentEvent.class)) {
			requireReadable(ContentEncoding.of(headers));
			return (Flux<T>) events(Charsets.utf8(stream.map(StreamCodecs::unpooled), contentType), type, content,
					endsWithConnection(headers));
		}
		content.run();
		for (MediaType tried : List.of(contentType, MediaType.APPLICATION_NDJSON)) {
			HttpMessageReader<?> reader = find(type, tried);
			if (reader != null && raw) {
				return (Flux<T>) reader.read(type, new Message(headers(tried), stream), Map.of());
			}
			if (reader != null) {
				requireReadable(ContentEncoding.of(headers));
				Flux<DataBuffer> body = Charsets.utf8(stream.map(StreamCodecs::unpooled), contentType);
				MediaType readAs = (tried.getCharset() != null) ? Charsets.inUtf8(tried) : tried;
				return (Flux<T>) reader.read(type, new Message(headers(readAs), body), Map.of());
			}
		}
		throw new IllegalArgumentException("there is no codec that reads a stream of " + type + " from " + contentType);
	}

	/** See {@link BodyCodecs#events}. */
	Flux<DataBuffer> events(Flux<DataBuffer> stream, io.netty.handler.codec.http.HttpHeaders headers, Runnable content,
			Runnable eventless) {
		return Flux.defer(() -> {
			UnparsedEvents events = new UnparsedEvents(this.longestEvent, content, eventless);
			return stream.<DataBuffer>handle((buffer, sink) -> {
				DataBuffer next = events.next(buffer);
				if (next != null) {
					sink.next(next);
				}
			}).concatWith(Flux.defer(() -> events.end(endsWithConnection(headers))));
		});
	}

	/**
	 * Returns whether a stream is parsed as an event stream. A stream without a declared
	 * content type is, if the caller asks for events.
	 */
	private static boolean isEventStream(MediaType contentType, boolean events) {
		boolean said = MediaType.TEXT_EVENT_STREAM.isCompatibleWith(contentType) && contentType.isConcrete();
		if (!said && events && !MediaType.APPLICATION_OCTET_STREAM.isCompatibleWith(contentType)) {
			throw new IllegalArgumentException("the answer is " + contentType + "; it is not an event stream");
		}
		return said || events;
	}

	/**
	 * Decodes the events of a stream. Elements other than text are decoded from the data
	 * as JSON; for such elements, events without data and the event that only marks the
	 * end of a stream are skipped.
	 */
	private Flux<?> events(Flux<DataBuffer> body, ResolvableType type, Runnable content, boolean endsWithConnection) {
		boolean asSent = type.resolve() == ServerSentEvent.class;
		ResolvableType wanted = asSent ? type.getGeneric() : type;
		boolean text = wanted.resolve(String.class) == String.class;
		Function<String, ?> reader = text ? Function.identity() : jsonReader(wanted);
		return Flux.defer(() -> {
			EventStreamParser parser = new EventStreamParser(this.longestEvent);
			EventContent first = new EventContent(content);
			Flux<Event> events = body.concatMapIterable(parser::next, 1)
				.concatWith(Flux.defer(() -> end(parser, endsWithConnection)));
			return events.filter((event) -> text || !(event.data().isEmpty() || EventContent.isEnd(event.data())))
				.mapNotNull((event) -> {
					first.look(event.data());
					Object data = reader.apply(event.data());
					return asSent ? sent(event, data) : data;
				});
		});
	}

	private static Flux<Event> end(EventStreamParser parser, boolean endsWithConnection) {
		BodyTooLargeException failure = parser.end();
		if (failure != null) {
			return Flux.error(failure);
		}
		return (endsWithConnection && !parser.hasDispatched()) ? Flux.error(new CutStreamException()) : Flux.empty();
	}

	/** Returns whether only closing the connection ends the body. */
	private static boolean endsWithConnection(io.netty.handler.codec.http.HttpHeaders headers) {
		return !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
				&& !headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
	}

	private Function<String, ?> jsonReader(ResolvableType type) {
		HttpMessageReader<?> reader = find(type, MediaType.APPLICATION_JSON);
		if (!(reader instanceof DecoderHttpMessageReader<?> decoding)) {
			throw new IllegalArgumentException("there is no codec that reads " + type + " from the data of an event");
		}
		Decoder<?> decoder = decoding.getDecoder();
		return (data) -> decoder.decode(
				DefaultDataBufferFactory.sharedInstance.wrap(data.getBytes(StandardCharsets.UTF_8)), type,
				MediaType.APPLICATION_JSON, Map.of());
	}

	private static ServerSentEvent<?> sent(Event event, @Nullable Object data) {
		ServerSentEvent.Builder<Object> sent = ServerSentEvent.builder();
		if (event.lastEventId() != null) {
			sent.id(event.lastEventId());
		}
		if (!event.type().isEmpty()) {
			sent.event(event.type());
		}
		if (event.retry() != null) {
			sent.retry(event.retry());
		}
		return (data != null) ? sent.data(data).build() : sent.build();
	}

	private @Nullable HttpMessageReader<?> find(ResolvableType type, MediaType contentType) {
		for (HttpMessageReader<?> reader : this.readers) {
			if (reader.canRead(type, contentType)) {
				return reader;
			}
		}
		return null;
	}

	/**
	 * Returns headers with only the content type, which is the only header that readers
	 * use.
	 */
	private static HttpHeaders headers(MediaType contentType) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(contentType);
		return headers;
	}

	private static void requireReadable(List<String> encodings) {
		if (!encodings.isEmpty()) {
			throw new IllegalArgumentException("a stream with Content-Encoding " + String.join(", ", encodings)
					+ " can't be read; ask for bytes, or turn the service's compression off");
		}
	}

	/**
	 * Copies a buffer to the heap. Spring's {@code JacksonTokenizer} releases a buffer
	 * that it can't read, and Reactor then discards and releases that buffer again. With
	 * a pooled buffer, this could free memory that other code already uses.
	 */
	private static DataBuffer unpooled(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

	/**
	 * The input of a reader.
	 *
	 * @param getHeaders the headers
	 * @param getBody the body
	 */
	private record Message(HttpHeaders getHeaders, Flux<DataBuffer> getBody) implements ReactiveHttpInputMessage {
	}

}
