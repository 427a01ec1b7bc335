package io.eas.server;

import org.jspecify.annotations.Nullable;

/**
 * What a probe was answered when the server had just come up.
 *
 * @param probe the probe
 * @param status the HTTP status
 */
public record ProbeAnswer(Probe probe, int status) {

	/**
	 * What is wrong. Not to be ready yet isn't. EAS itself takes redirects for health,
	 * but what redirects a probe is a login page.
	 * @return null if nothing is
	 */
	public @Nullable ProbeProblem problem() {
		if (this.status / 100 == 2 || (this.status == 503 && this.probe == Probe.READINESS)) {
			return null;
		}
		if (this.status == 401 || this.status == 403 || this.status / 100 == 3) {
			return ProbeProblem.NEEDS_LOGIN;
		}
		return (this.status == 404) ? ProbeProblem.NOT_THERE : ProbeProblem.FAILS;
	}

}
