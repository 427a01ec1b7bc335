package io.eas.deployment.reader;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Timings;
import org.jspecify.annotations.Nullable;

/**
 * Reads a health check of a container.
 */
final class CheckReader {

	private final ObjectKeys keys;

	private final CheckKind kind;

	private final int assumedPort;

	private final FindingCollector findings;

	CheckReader(ObjectKeys keys, CheckKind kind, @Nullable Integer containerPort, FindingCollector findings) {
		this.keys = keys;
		this.kind = kind;
		this.assumedPort = (containerPort != null) ? containerPort : MethodReader.ANY_PORT;
		this.findings = findings;
	}

	HealthCheck read() {
		CheckMethod method = new MethodReader(this.keys, this.assumedPort, this.findings).read();
		Timings timings = timings(this.kind.defaults());
		return new HealthCheck(method, timings, this.keys.others());
	}

	private Timings timings(Timings defaults) {
		return new Timings(number("initial_delay_seconds", defaults.initialDelaySeconds()),
				number("period_seconds", defaults.periodSeconds()),
				number("timeout_seconds", defaults.timeoutSeconds()),
				number("success_threshold", defaults.successThreshold()),
				number("failure_threshold", defaults.failureThreshold()));
	}

	private int number(String key, int assumed) {
		Integer written = this.keys.number(key);
		return (written != null) ? written : assumed;
	}

}
