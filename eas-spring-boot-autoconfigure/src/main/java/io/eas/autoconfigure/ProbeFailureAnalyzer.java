package io.eas.autoconfigure;

import io.eas.server.ProbeFailedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Failure analyzer for a {@link ProbeFailedException}. */
class ProbeFailureAnalyzer extends AbstractFailureAnalyzer<ProbeFailedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ProbeFailedException cause) {
		String action = remedy(cause) + " Or name another path in " + cause.probe().property()
				+ ", and the same in service.json. Where service.json has no http_get checks, set "
				+ "eas.server.probes to false.";
		return new FailureAnalysis(cause.getMessage(), action, cause);
	}

	private static String remedy(ProbeFailedException failure) {
		return switch (failure.problem()) {
			case NEEDS_LOGIN -> "EAS has no credentials: let everyone GET " + failure.path()
					+ ", with Spring Security by permitAll() for this path, before the rule for all other requests.";
			case NOT_THERE -> "Add spring-boot-starter-actuator and set "
					+ "management.endpoint.health.probes.add-additional-paths to true, which gives /livez and /readyz "
					+ "on the server's own port.";
			case FAILS ->
				"EAS counts statuses 200 to 399 as success: repair the handler of GET " + failure.path() + ".";
			case SILENT -> "EAS asks in plain HTTP and expects an answer in time: repair the handler of GET "
					+ failure.path() + ", and leave TLS (server.ssl) to the gateway.";
		};
	}

}
