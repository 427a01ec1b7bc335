package io.eas.client.call;

import io.eas.client.EasResponse;
import io.eas.client.codec.BodyCodecs;
import io.eas.http.Answer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.ResolvableType;

/**
 * Makes of an answer what the caller wants of it.
 *
 * @param <R> the type of that
 */
sealed interface ResponseReader<R> {

	/**
	 * Reads a whole answer.
	 * @param answer the answer
	 * @param attempts how many it took
	 * @param execution where the call is
	 * @return null for nothing
	 * @throws io.eas.client.EasException if it is none that the caller takes; whatever
	 * else is thrown, an {@link Error} too, means that it can't be read
	 */
	@Nullable R read(Answer answer, int attempts, CallExecution<?> execution);

	/** Whether the caller takes answers that say that something went wrong. */
	default boolean takesErrors() {
		return false;
	}

	/** Whether the caller takes answers while they come, those of a status 2xx. */
	default boolean takesStreams() {
		return false;
	}

	/** Whether the caller has no use for the body of an answer with a status 2xx. */
	default boolean discardsBody() {
		return false;
	}

	/**
	 * Reads an answer whose headers are there until its first element, with which the
	 * call {@linkplain #stream takes} it.
	 */
	default void open(AnswerStream stream) {
		throw new IllegalStateException("the caller wants whole answers");
	}

	/** Takes an answer whose first element is there. */
	default R stream(AnswerStream stream) {
		throw new IllegalStateException("the caller wants whole answers");
	}

	private static <T> EasResponse<T> response(Answer answer, @Nullable T body, int attempts) {
		return new EasResponse<>(answer.httpStatus(), answer.httpHeaders(), body, answer.instance(), attempts);
	}

	/**
	 * The body as a value.
	 *
	 * @param codecs read it
	 * @param type the type of the value
	 * @param <T> the same
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
				throw execution.status(answer).last();
			}
			return (T) this.codecs.decode(answer, this.type);
		}

	}

	/**
	 * The answer with its body as a value.
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
	 * The answer as it is, whatever its status.
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
	 * The answer while it comes.
	 *
	 * @param codecs read it
	 * @param type the type of the elements
	 * @param <T> the same
	 */
	record Stream<T>(BodyCodecs codecs, ResolvableType type) implements ResponseReader<Flux<T>> {

		@Override
		public boolean takesStreams() {
			return true;
		}

		@Override
		public void open(AnswerStream stream) {
			stream.open(this.codecs, this.type);
		}

		@Override
		@SuppressWarnings("unchecked") // decoded as Ts
		public Flux<T> stream(AnswerStream stream) {
			return (Flux<T>) stream.elements();
		}

		/**
		 * What comes as a whole is an answer that says that something went wrong.
		 */
		@Override
		public Flux<T> read(Answer answer, int attempts, CallExecution<?> execution) {
			throw execution.status(answer).last();
		}

	}

}
