package io.eas.client;

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
