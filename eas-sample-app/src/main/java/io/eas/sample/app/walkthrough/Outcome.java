package io.eas.sample.app.walkthrough;

import io.eas.client.EasException;
import io.eas.client.EasResponse;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call.
 *
 * @param right whether the model saw the right digit
 * @param address the instance that answered
 * @param attempts how many attempts it took
 * @param failure why there is no answer, or null if there is
 */
record Outcome(boolean right, String address, int attempts, @Nullable String failure) {

	static Outcome answered(TestDigit digit, EasResponse<Prediction> answer) {
		Prediction prediction = answer.body();
		return new Outcome(prediction != null && prediction.digit() == digit.label(), answer.instance().address(),
				answer.attempts(), null);
	}

	static Outcome failed(EasException failure) {
		return new Outcome(false, "", failure.attempt(), String.valueOf(failure.getMessage()));
	}

	/**
	 * The model's answer.
	 *
	 * @param digit the digit it saw
	 */
	record Prediction(int digit) {

	}

}
