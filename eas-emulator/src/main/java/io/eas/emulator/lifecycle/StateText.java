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
 * Describes lives of instances in words.
 */
public final class StateText {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss")
		.withZone(ZoneId.systemDefault());

	private StateText() {
	}

	/**
	 * Names a state.
	 * @param phase which
	 * @return such as {@code not ready}
	 */
	public static String of(Phase phase) {
		return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	/**
	 * Describes where an instance stands.
	 * @param life its life
	 * @return the state, why, and what the last checks found
	 */
	public static String of(Lifecycle life) {
		String checks = checks(life);
		String reason = reason(life);
		String state = of(life.state().phase()) + (reason.isEmpty() ? "" : " (" + reason + ")");
		return checks.isEmpty() ? state : state + " (" + checks + ")";
	}

	/**
	 * Describes what the last checks found.
	 * @param life an instance's life
	 * @return such as {@code readiness: GET /readyz answered 503}; empty if none was done
	 */
	public static String checks(Lifecycle life) {
		return byKind(life).entrySet()
			.stream()
			.map((check) -> check.getKey() + ": " + check.getValue())
			.collect(Collectors.joining(", "));
	}

	/**
	 * Tells what the last check of each kind found.
	 * @param life an instance's life
	 * @return such as {@code readiness} with {@code GET /readyz answered 503}
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
	 * Says why an instance is being ended, or not running.
	 * @param life an instance's life
	 * @return the reason, with the time of the next start; empty while it runs
	 */
	public static String reason(Lifecycle life) {
		Instant until = life.state().until();
		return life.state().reason() + ((until != null) ? "; starts again at " + TIME.format(until) : "");
	}

}
