package io.eas.client.call;

import io.eas.client.EasStatusException;
import io.eas.http.Answer;

/**
 * An answer while it comes.
 */
record StreamReading() implements Reading<AnswerStream> {

	@Override
	public boolean takesStreams() {
		return true;
	}

	@Override
	public AnswerStream stream(AnswerStream stream) {
		return stream;
	}

	/** What comes as a whole is an answer that says that something went wrong. */
	@Override
	public AnswerStream read(Answer answer, int attempts, CallExecution<?> execution) {
		throw new EasStatusException(execution.where(), answer).last();
	}

}
