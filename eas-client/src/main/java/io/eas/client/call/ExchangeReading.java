package io.eas.client.call;

import io.eas.client.EasResponse;
import io.eas.http.Answer;

/**
 * An answer as it is, whatever its status.
 */
record ExchangeReading() implements Reading<EasResponse<byte[]>> {

	@Override
	public EasResponse<byte[]> read(Answer answer, int attempts, CallExecution<?> execution) {
		return EntityReading.response(answer, answer.body(), attempts);
	}

	@Override
	public boolean takesErrors() {
		return true;
	}

}
