package io.eas.sample.model;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Describes what to do if the model can't be loaded.
 */
class ModelFailureAnalyzer extends AbstractFailureAnalyzer<ModelNotLoadedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ModelNotLoadedException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Let the property sample.model.file name a file that the training program wrote, or leave it out "
						+ "to use the model in the jar.",
				cause);
	}

}
