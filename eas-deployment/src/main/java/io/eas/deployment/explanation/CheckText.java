package io.eas.deployment.explanation;

import java.util.ArrayList;
import java.util.List;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Timings;

/**
 * Describes a health check in words.
 */
final class CheckText {

	private CheckText() {
	}

	/**
	 * Describes a check.
	 * @param waits whether the check waits for a startup check
	 * @return a title, then sentences
	 */
	static List<String> of(CheckKind kind, HealthCheck check, boolean waits) {
		List<String> lines = new ArrayList<>();
		lines.add(kind.key() + ": " + purpose(kind));
		lines.addAll(method(check.method(), check.timings().timeoutSeconds()));
		lines.add(rhythm(kind, check.timings(), waits));
		lines.add(verdict(kind, check.timings()));
		return lines;
	}

	private static String purpose(CheckKind kind) {
		return switch (kind) {
			case STARTUP -> "has the application started? The other checks wait until it has";
			case LIVENESS -> "is it alive? If not, it is killed and started anew";
			case READINESS -> "may it get requests? If not, it is taken out of discovery until it may";
		};
	}

	private static List<String> method(CheckMethod method, int timeout) {
		if (method instanceof CheckMethod.HttpGet get) {
			return httpGet(get, timeout);
		}
		if (method instanceof CheckMethod.Exec exec) {
			return List.of("Runs " + CommandText.of(exec.command()) + " in the container, without a shell.",
					"Passes with exit code 0 within " + timeout + " s.");
		}
		return List.of(
				"Opens a connection to port " + ((CheckMethod.TcpSocket) method).port()
						+ " of the instance, from outside of the container.",
				"Passes if it is established within " + timeout + " s; nothing is sent.");
	}

	private static List<String> httpGet(CheckMethod.HttpGet get, int timeout) {
		List<String> lines = new ArrayList<>();
		lines.add("Sends GET " + get.path() + " to port " + get.port()
				+ " of the instance: HTTP/1.1, no body, no token, from outside of the container, on");
		lines.add("a connection of its own (no keep-alive). Redirects are followed on the same host.");
		lines.add("Passes with a status from 200 to 399 within " + timeout + " s.");
		lines.add("A handler that needs a body, and answers 4xx or 5xx without one, never passes.");
		if (get.path().equals("/")) {
			lines.add("The vendor's Flask sample is such a handler on /: json.loads of an empty body fails, so it "
					+ "answers 500.");
			lines.add("A path that only reports the health of the application is a better choice.");
		}
		return lines;
	}

	private static String rhythm(CheckKind kind, Timings timings, boolean waits) {
		String every = " every " + timings.periodSeconds() + " s";
		int delay = timings.initialDelaySeconds();
		if (waits) {
			String once = (kind == CheckKind.READINESS) ? "A check as soon as startup_check has passed, and one"
					: "A check";
			return once + every + ", but none until startup_check has passed"
					+ ((delay > 0) ? " and " + delay + " s are over." : ".");
		}
		if (kind == CheckKind.READINESS && delay == 0) {
			return "First check at once, then one" + every + ".";
		}
		return "First check " + new CheckSchedule(timings).firstCheck() + " after the container's start, then one"
				+ every + ".";
	}

	private static String verdict(CheckKind kind, Timings timings) {
		String passed = times(timings.successThreshold(), "success", "successes");
		String failed = times(timings.failureThreshold(), "failure", "failures");
		return switch (kind) {
			case STARTUP -> passed + ": started. " + failed + ": killed and started anew.";
			case LIVENESS -> passed + ": alive. " + failed + ": killed. It counts as alive from the start.";
			case READINESS -> passed + ": ready. " + failed + ": no longer ready. It isn't ready at the start.";
		};
	}

	private static String times(int count, String one, String more) {
		return (count == 1) ? "1 " + one : count + " " + more + " in a row";
	}

}
