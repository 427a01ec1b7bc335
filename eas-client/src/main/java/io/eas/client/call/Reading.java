package io.eas.client.call;

import io.eas.client.EasException;
import io.eas.http.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of an answer.
 *
 * @param <R> the type of that
 */
interface Reading<R> {

	/**
	 * Reads a whole answer.
	 * @param answer the answer
	 * @param attempts how many it took
	 * @param execution where the call is
	 * @return null for nothing
	 * @throws EasException if it is none that the caller takes; whatever else is thrown,
	 * an {@link Error} too, means that it can't be read
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

	/** Takes an answer of which the headers are there. */
	default R stream(AnswerStream stream) {
		throw new IllegalStateException("the caller wants whole answers");
	}

}
