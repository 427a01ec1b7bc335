package io.eas.emulator.admin;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;
import io.eas.emulator.admin.AdminState.Health;
import io.eas.emulator.admin.AdminState.Instance;
import io.eas.emulator.instance.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * The condition of an instance for display, with the reason if the instance gets no
 * traffic.
 *
 * @param shape the kind of condition, for which the page has a picture
 * @param label one or two words, such as {@code Back-off}
 * @param why the reason; may be empty
 * @param traffic whether the instance can receive and answer calls
 */
public record InstanceCondition(Shape shape, String label, String why, boolean traffic) {

	static InstanceCondition of(Instance instance) {
		Health health = instance.health();
		InstanceCondition found = (health != null) ? ended(health) : ended(instance.state());
		if (found == null) {
			found = forced(instance.state());
		}
		if (found == null && health != null) {
			found = unready(health);
		}
		if (found == null) {
			found = left(instance);
		}
		return (found != null) ? found : serving(instance);
	}

	private static @Nullable InstanceCondition ended(Health health) {
		return switch (health.phase()) {
			case WAITING -> without(Shape.STARTING, "Not started", "no process runs yet");
			case KILLED -> without(Shape.DEAD, "Killed", health.reason());
			case BACKING_OFF -> without(Shape.WAITING, "Back-off", health.reason());
			case STOPPING -> without(Shape.WAITING, "Stopping", "was asked to end, and answers what it still has");
			case STOPPED -> without(Shape.DEAD, "Stopped", health.reason().isEmpty() ? "has ended" : health.reason());
			default -> null;
		};
	}

	private static @Nullable InstanceCondition ended(InstanceState state) {
		return switch (state) {
			case DEAD -> without(Shape.DEAD, "Killed", "refuses connections until it is restarted");
			case STARTING -> without(Shape.STARTING, "Not started", "starts, and has not been ready yet");
			default -> null;
		};
	}

	private static @Nullable InstanceCondition forced(InstanceState state) {
		return switch (state) {
			case FROZEN -> without(Shape.FROZEN, "Frozen", "accepts connections, answers nothing");
			case REFUSING -> without(Shape.FAULTY, "Refusing", "refuses connections, while its process lives");
			default -> null;
		};
	}

	private static @Nullable InstanceCondition unready(Health health) {
		return switch (health.phase()) {
			case STARTING -> without(Shape.STARTING, "Startup",
					health.checks().getOrDefault("startup", "its startup check has not been done yet"));
			case NOT_READY -> without(Shape.UNREADY, "Not ready",
					health.checks().getOrDefault("readiness", "its readiness check has not been done yet"));
			default -> null;
		};
	}

	private static @Nullable InstanceCondition left(Instance instance) {
		if (!instance.listed()) {
			return without(Shape.QUIET, "Unlisted", "was taken off the list, and goes on serving");
		}
		return (instance.weight() == 0) ? without(Shape.QUIET, "Weight 0", "gets no calls while others have a weight")
				: null;
	}

	private static InstanceCondition serving(Instance instance) {
		if (instance.fault().equals("none")) {
			return new InstanceCondition(Shape.READY, "Ready", "", true);
		}
		boolean checked = instance.health() != null && !instance.health().checks().isEmpty();
		return new InstanceCondition(Shape.FAULTY, "Fault: " + instance.fault(),
				checked ? "its checks pass, since they reach the process directly" : "", true);
	}

	private static InstanceCondition without(Shape shape, String label, String why) {
		return new InstanceCondition(shape, label, why, false);
	}

	/**
	 * The kinds of conditions.
	 */
	public enum Shape {

		/** Ready, and may get calls. */
		READY,

		/** Ready, but with weight 0 or not listed. */
		QUIET,

		/** Starting, and not yet ready for the first time. */
		STARTING,

		/** Running, while its readiness check fails. */
		UNREADY,

		/** Suspended. */
		FROZEN,

		/** Has a fault on demand. */
		FAULTY,

		/** Waiting for its next start, or for its end. */
		WAITING,

		/** Killed or ended. */
		DEAD;

		/**
		 * Returns the name in JSON.
		 * @return a name such as {@code ready}
		 */
		@JsonValue
		public String json() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
