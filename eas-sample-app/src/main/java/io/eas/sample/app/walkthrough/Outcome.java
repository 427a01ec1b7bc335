package io.eas.sample.app.walkthrough;

import io.eas.client.EasException;
import io.eas.client.EasResponse;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a call.
 *
 * @param right whether the model recognized the right digit
 * @param address the instance that answered
 * @param attempts the number of attempts
 * @param failure why there is no response, or {@code null} if there is one
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
	 * The model's response.
	 *
	 * @param digit the recognized digit
	 */
	record Prediction(int digit) {

	}

}
