package io.eas.autoconfigure;

import io.eas.properties.InvalidEasPropertyException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;

/** Failure analyzer for an {@link InvalidEasPropertyException}. */
class InvalidEasPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidEasPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidEasPropertyException cause) {
		Origin origin = cause.getOrigin();
		String description = cause.getMessage()
				+ ((origin != null) ? System.lineSeparator() + System.lineSeparator() + "    Origin: " + origin : "");
		return new FailureAnalysis(description, cause.getRemedy(), cause);
	}

}
