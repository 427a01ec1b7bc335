package io.eas.server;

import org.jspecify.annotations.Nullable;

/**
 * The response to a probe at startup.
 *
 * @param probe the probe
 * @param status the HTTP status code
 */
public record ProbeAnswer(Probe probe, int status) {

	/**
	 * Returns the problem of the response. A readiness status of 503 is no problem, since
	 * the application may not be ready yet. A redirect is a problem, although EAS counts
	 * it as success, since it usually leads to a login page.
	 * @return the problem, or null if there is none
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
