package io.eas.client.call;

import io.eas.client.request.TimeLimits;
import java.util.Locale;

import io.eas.client.EasResponse;
import io.eas.client.codec.BodyCodecs;
import io.eas.http.Answer;
import io.eas.http.ContentEncoding;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Converts a response into the value that the caller asked for.
 *
 * @param <R> the type of the value
 */
sealed interface ResponseReader<R> {

	/**
	 * Reads a whole response.
	 * @param answer the response
	 * @param attempts the number of attempts of the call
	 * @param execution the call
	 * @return the value, or null if there is none
	 * @throws io.eas.client.EasException if the caller doesn't accept the response; any
	 * other exception, including an {@link Error}, means that the response can't be read
	 */
	@Nullable R read(Answer answer, int attempts, CallExecution<?> execution);

	/** Returns the reader for a call with the given policy. */
	default ResponseReader<R> with(CallPolicy policy) {
		return this;
	}

	/** Returns whether the caller accepts error responses. */
	default boolean takesErrors() {
		return false;
	}

	/** Returns whether the caller reads responses with a 2xx status as a stream. */
	default boolean takesStreams() {
		return false;
	}

	/**
	 * Returns whether the caller receives responses with a 2xx status before their whole
	 * body.
	 */
	default boolean streamsBody() {
		return takesStreams();
	}

	/** Returns whether the caller ignores the body of responses with a 2xx status. */
	default boolean discardsBody() {
		return false;
	}

	/**
	 * Reads a response whose headers have arrived, until its first element. The call then
	 * {@linkplain #stream takes} the stream.
	 */
	default void open(AnswerStream stream) {
		throw new IllegalStateException("the caller wants whole answers");
	}

	/** Returns the value for a stream whose first element has arrived. */
	default R stream(AnswerStream stream) {
		throw new IllegalStateException("the caller wants whole answers");
	}

	private static <T> EasResponse<T> response(Answer answer, @Nullable T body, int attempts) {
		return new EasResponse<>(answer.httpStatus(), answer.httpHeaders(), body, answer.instance(), attempts);
	}

	/**
	 * Reads the body as a value.
	 *
	 * @param codecs the codecs for the body
	 * @param type the type of the value
	 * @param <T> the type of the value
	 */
	record Body<T>(BodyCodecs codecs, ResolvableType type) implements ResponseReader<T> {

		@Override
		public boolean discardsBody() {
			return BodyCodecs.isNothing(this.type);
		}

		@Override
		@SuppressWarnings("unchecked") // decoded as a T
		public @Nullable T read(Answer answer, int attempts, CallExecution<?> execution) {
			if (answer.isError()) {
				throw execution.failover().status(answer).last();
			}
			return (T) this.codecs.decode(answer, this.type);
		}

	}

	/**
	 * Reads the response with its body as a value.
	 *
	 * @param body reads the body
	 * @param <T> the type of the value
	 */
	record Entity<T>(Body<T> body) implements ResponseReader<EasResponse<T>> {

		@Override
		public boolean discardsBody() {
			return this.body.discardsBody();
		}

		@Override
		public EasResponse<T> read(Answer answer, int attempts, CallExecution<?> execution) {
			return response(answer, this.body.read(answer, attempts, execution), attempts);
		}

	}

	/**
	 * Returns the response as received, whatever its status.
	 */
	record Raw() implements ResponseReader<EasResponse<byte[]>> {

		@Override
		public EasResponse<byte[]> read(Answer answer, int attempts, CallExecution<?> execution) {
			return response(answer, answer.body(), attempts);
		}

		@Override
		public boolean takesErrors() {
			return true;
		}

	}

	/**
	 * Returns the response of any status before its body is read, or, if an event stream
	 * was asked for, once its first event is complete. Error responses, which may be
	 * followed by another attempt, are read as a whole.
	 *
	 * @param whole the time limits for a body that is not a stream of events: between two
	 * parts of the body, and for the whole call
	 * @param events the time limits for a body that is a stream of events
	 * @param eventCodecs find the first event of a stream that the caller asked for; null
	 * if the caller didn't ask for a stream
	 */
	record Exchange(TimeLimits whole, TimeLimits events,
			@Nullable BodyCodecs eventCodecs) implements ResponseReader<ClientHttpResponse> {

		/**
		 * Derives the limits for bodies. Engines send the headers of a stream before they
		 * compute, so the first event may take longer than the others.
		 * @param whole the limits of a call whose response is read as a whole
		 * @param events the limits of a call whose response is a stream
		 */
		public Exchange {
			boolean longer = events.firstEvent().compareTo(events.nextEvent()) > 0;
			events = new TimeLimits(events.call(), events.response(), events.firstEvent(),
					longer ? events.firstEvent() : events.nextEvent(), events.stream());
			whole = new TimeLimits(whole.call(), whole.response(), whole.firstEvent(), whole.response(), whole.call());
		}

		@Override
		public Exchange with(CallPolicy policy) {
			return (this.eventCodecs != null) ? policy.streamExchange() : policy.exchange();
		}

		/**
		 * Returns whether a header names a stream of events.
		 * @param header the value of {@code Accept} or {@code Content-Type}, or null
		 */
		static boolean isStream(@Nullable String header) {
			return isEventStream(header) || contains(header, MediaType.APPLICATION_NDJSON_VALUE);
		}

		@Override
		public boolean takesErrors() {
			return true;
		}

		@Override
		public boolean streamsBody() {
			return true;
		}

		@Override
		public void open(AnswerStream stream) {
			String type = stream.headers().get(HttpHeaderNames.CONTENT_TYPE);
			BodyCodecs codecs = this.eventCodecs;
			if (codecs != null && isEventStream(type) && ContentEncoding.of(stream.headers()).isEmpty()) {
				stream.announceHeaders();
				stream.open(() -> codecs.events(stream.bytes(), stream.headers(), stream.report()::content,
						stream.report()::eventless));
			}
			else {
				boolean events = isStream(type);
				stream.openUnread(events ? this.events : this.whole, events);
			}
		}

		private static boolean isEventStream(@Nullable String type) {
			return contains(type, MediaType.TEXT_EVENT_STREAM_VALUE);
		}

		private static boolean contains(@Nullable String header, String type) {
			return header != null && header.toLowerCase(Locale.ROOT).contains(type);
		}

		@Override
		public ClientHttpResponse stream(AnswerStream stream) {
			return StreamedResponse.of(stream);
		}

		@Override
		public ClientHttpResponse read(Answer answer, int attempts, CallExecution<?> execution) {
			return StreamedResponse.of(answer);
		}

	}

	/**
	 * Returns the response of any status with its whole body, for one of Spring's HTTP
	 * clients. Until the body has arrived, another attempt may follow.
	 */
	record Whole() implements ResponseReader<ClientHttpResponse> {

		@Override
		public boolean takesErrors() {
			return true;
		}

		@Override
		public ClientHttpResponse read(Answer answer, int attempts, CallExecution<?> execution) {
			return StreamedResponse.of(answer);
		}

	}

	/**
	 * Reads the response as a stream.
	 *
	 * @param codecs the codecs for the elements
	 * @param type the type of an element
	 * @param <T> the type of an element
	 */
	record Stream<T>(BodyCodecs codecs, ResolvableType type) implements ResponseReader<Flux<T>> {

		@Override
		public boolean takesStreams() {
			return true;
		}

		@Override
		public void open(AnswerStream stream) {
			stream.open(
					() -> this.codecs.<T>decode(stream.bytes(), stream.headers(), this.type, stream.report()::content));
		}

		@Override
		@SuppressWarnings("unchecked") // decoded as Ts
		public Flux<T> stream(AnswerStream stream) {
			return (Flux<T>) stream.elements();
		}

		/**
		 * Always fails: only an error response is read as a whole.
		 */
		@Override
		public Flux<T> read(Answer answer, int attempts, CallExecution<?> execution) {
			throw execution.failover().status(answer).last();
		}

	}

}
