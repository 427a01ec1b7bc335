package io.eas.emulator.lifecycle;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.probe.ProbeResult;

/**
 * Describes the lifecycle of instances in words.
 */
public final class StateText {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss")
		.withZone(ZoneId.systemDefault());

	private StateText() {
	}

	/**
	 * Returns the name of a phase.
	 * @param phase the phase
	 * @return a name such as {@code not ready}
	 */
	public static String of(Phase phase) {
		return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	/**
	 * Describes the state of an instance.
	 * @param life the instance's lifecycle
	 * @return the state, the reason for it, and the last results of its checks
	 */
	public static String of(Lifecycle life) {
		String checks = checks(life);
		String reason = reason(life);
		String state = of(life.state().phase()) + (reason.isEmpty() ? "" : " (" + reason + ")");
		return checks.isEmpty() ? state : state + " (" + checks + ")";
	}

	/**
	 * Describes the last results of the checks.
	 * @param life the instance's lifecycle
	 * @return a text such as {@code readiness: GET /readyz answered 503}; empty if there
	 * are no results
	 */
	public static String checks(Lifecycle life) {
		return byKind(life).entrySet()
			.stream()
			.map((check) -> check.getKey() + ": " + check.getValue())
			.collect(Collectors.joining(", "));
	}

	/**
	 * Returns the last result of each kind of check.
	 * @param life the instance's lifecycle
	 * @return the results by kind, such as {@code GET /readyz answered 503} for
	 * {@code readiness}
	 */
	public static Map<String, String> byKind(Lifecycle life) {
		Map<String, String> found = new LinkedHashMap<>();
		for (CheckKind kind : CheckKind.values()) {
			ProbeResult result = life.lastResults().get(kind);
			if (result != null) {
				found.put(name(kind), result.detail());
			}
		}
		return found;
	}

	private static String name(CheckKind kind) {
		return kind.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns why an instance is being killed, or why it waits for a restart.
	 * @param life the instance's lifecycle
	 * @return the reason, with the time of the next start if it is known; empty in all
	 * other states
	 */
	public static String reason(Lifecycle life) {
		Instant until = life.state().until();
		return life.state().reason() + ((until != null) ? "; starts again at " + TIME.format(until) : "");
	}

}
