package io.eas.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.eas.instance.EasInstance;
import io.eas.metrics.EasClientObservationDocumentation.HighCardinalityKeyNames;
import io.eas.metrics.EasClientObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * The default {@link EasClientObservationConvention}, used if the application has none of
 * its own. It creates the key values once for each combination instead of for each call.
 * Thread-safe.
 */
public class DefaultEasClientObservationConvention implements EasClientObservationConvention {

	static final String NAME = "eas.client.requests";

	private final Map<Combination, KeyValues> known = new ConcurrentHashMap<>();

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(EasClientObservationContext context) {
		return "eas " + context.getService();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(EasClientObservationContext context) {
		EasCallResult result = context.getResult();
		Combination combination = new Combination(context.getService(), context.getMethod(), result.outcome(),
				result.status(), result.attempts());
		KeyValues values = this.known.get(combination);
		return (values != null) ? values : this.known.computeIfAbsent(combination, Combination::keyValues);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(EasClientObservationContext context) {
		EasInstance instance = context.isInstanceAddress() ? context.getResult().instance() : null;
		KeyValues values = (instance != null)
				? KeyValues.of(HighCardinalityKeyNames.INSTANCE.withValue(instance.address())) : KeyValues.empty();
		String reason = (instance != null) ? context.getPickReason() : null;
		values = (reason != null) ? values.and(HighCardinalityKeyNames.PICK_REASON.withValue(reason)) : values;
		String requestId = context.getRequestId();
		return (requestId != null) ? values.and(HighCardinalityKeyNames.REQUEST_ID.withValue(requestId)) : values;
	}

	/**
	 * The values that distinguish calls.
	 *
	 * @param service the alias of the service
	 * @param method the HTTP method
	 * @param outcome the outcome of the call
	 * @param status the status of the response, or 0
	 * @param attempts the number of attempts
	 */
	private record Combination(String service, String method, EasCallOutcome outcome, int status, int attempts) {

		KeyValues keyValues() {
			KeyValue answer = (this.status != 0) ? LowCardinalityKeyNames.STATUS.withValue(String.valueOf(this.status))
					: LowCardinalityKeyNames.STATUS.withNoneValue();
			return KeyValues.of(LowCardinalityKeyNames.ATTEMPTS.withValue(String.valueOf(this.attempts)),
					LowCardinalityKeyNames.SERVICE.withValue(this.service),
					LowCardinalityKeyNames.METHOD.withValue(this.method),
					LowCardinalityKeyNames.OUTCOME.withValue(this.outcome.name()), answer);
		}

	}

}
