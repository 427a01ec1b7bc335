package io.eas.autoconfigure;

import io.eas.client.EasStartupException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Failure analyzer for a start that failed because no instance was known. */
class EasStartupFailureAnalyzer extends AbstractFailureAnalyzer<EasStartupException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EasStartupException cause) {
		String key = "eas.services." + cause.service();
		return new FailureAnalysis(cause.getMessage(), "Check the endpoint (" + key
				+ ".endpoint, or uid and region-id), " + key
				+ ".service-name, and that this machine is in the service's VPC. To start without instances set " + key
				+ ".discovery.startup to 'wait' or 'lazy'.", cause);
	}

}
