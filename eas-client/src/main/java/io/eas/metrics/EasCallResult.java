package io.eas.metrics;

import io.eas.client.EasException;
import io.eas.client.EasStatusException;
import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call. Immutable.
 *
 * @param outcome the outcome of the call
 * @param status the status of the response; 0 if there is none
 * @param attempts the number of attempts; 0 if there was no instance for the call
 * @param instance the instance of the last attempt, or null if there is none or it isn't
 * known
 */
public record EasCallResult(EasCallOutcome outcome, int status, int attempts, @Nullable EasInstance instance) {

	static final EasCallResult UNKNOWN = new EasCallResult(EasCallOutcome.UNKNOWN, 0, 0, null);

	static EasCallResult answered(int status, EasInstance instance, int attempts) {
		return new EasCallResult(EasCallOutcome.of(status), status, attempts, instance);
	}

	static EasCallResult failed(Throwable failure, int attempts) {
		EasInstance instance = (failure instanceof EasException known) ? known.instance() : null;
		if (failure instanceof EasStatusException refused) {
			int status = refused.status().value();
			return new EasCallResult(EasCallOutcome.of(status), status, attempts, instance);
		}
		return new EasCallResult(EasCallOutcome.FAILED, 0, attempts, instance);
	}

	static EasCallResult cancelled(int status, @Nullable EasInstance instance, int attempts) {
		return new EasCallResult(EasCallOutcome.CANCELLED, status, attempts, instance);
	}

}
