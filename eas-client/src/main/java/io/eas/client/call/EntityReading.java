package io.eas.client.call;

import io.eas.client.EasResponse;
import io.eas.client.codec.BodyCodecs;
import io.eas.http.Answer;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * An answer with its body as a value.
 *
 * @param codecs read the body
 * @param type the type of the value
 * @param <T> the same
 */
record EntityReading<T>(BodyCodecs codecs, ResolvableType type) implements Reading<EasResponse<T>> {

	@Override
	public boolean discardsBody() {
		return BodyCodecs.isNothing(this.type);
	}

	@Override
	public EasResponse<T> read(Answer answer, int attempts, CallExecution<?> execution) {
		return response(answer, BodyReading.<T>body(this.codecs, answer, this.type, execution), attempts);
	}

	static <T> EasResponse<T> response(Answer answer, @Nullable T body, int attempts) {
		return new EasResponse<>(answer.httpStatus(), answer.httpHeaders(), body, answer.instance(), attempts);
	}

}
