package io.eas.test.stub;

import java.util.List;
import java.util.function.Function;

import io.eas.client.EasException;
import org.jspecify.annotations.Nullable;

/** The answer to one request. Immutable. */
sealed interface StubbedAnswer {

	/**
	 * An answer with a complete body.
	 *
	 * @param status the status
	 * @param body returns the body of a request
	 */
	record Body(int status, Function<RecordedRequest, Object> body) implements StubbedAnswer {
	}

	/**
	 * Server-sent events.
	 *
	 * @param events the data of each event
	 * @param failure creates the failure after the last one, or null
	 */
	record Stream(List<Object> events,
			@Nullable Function<EasException.Attempt, EasException> failure) implements StubbedAnswer {
	}

	/**
	 * A failure instead of an answer.
	 *
	 * @param failure creates the failure
	 */
	record Failure(Function<EasException.Attempt, EasException> failure) implements StubbedAnswer {
	}

}
