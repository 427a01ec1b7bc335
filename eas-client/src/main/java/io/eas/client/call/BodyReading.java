package io.eas.client.call;

import io.eas.client.EasStatusException;
import io.eas.client.codec.BodyCodecs;
import io.eas.http.Answer;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * The body of an answer as a value.
 *
 * @param codecs read it
 * @param type the type of the value
 * @param <T> the same
 */
record BodyReading<T>(BodyCodecs codecs, ResolvableType type) implements Reading<T> {

	@Override
	public boolean discardsBody() {
		return BodyCodecs.isNothing(this.type);
	}

	@Override
	public @Nullable T read(Answer answer, int attempts, CallExecution<?> execution) {
		return body(this.codecs, answer, this.type, execution);
	}

	/**
	 * Reads a body.
	 * @throws EasStatusException for a status that isn't 2xx
	 */
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" }) // decoded as a T
	static <T> @Nullable T body(BodyCodecs codecs, Answer answer, ResolvableType type, CallExecution<?> execution) {
		if (answer.isError()) {
			throw new EasStatusException(execution.where(), answer).last();
		}
		return (T) codecs.decode(answer, type);
	}

}
