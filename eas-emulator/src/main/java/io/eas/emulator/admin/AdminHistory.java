package io.eas.emulator.admin;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.eas.emulator.admin.AdminEvent.Kind;
import io.eas.emulator.instance.InstanceCheck;
import io.eas.emulator.instance.InstanceEvent;
import io.eas.emulator.lifecycle.StateText;

/**
 * The latest events. The results of checks are kept separately, so that they don't push
 * out the other events. Thread-safe.
 */
public final class AdminHistory {

	private static final int KEPT = 1000;

	private final Deque<AdminEvent> events = new ArrayDeque<>();

	private final Deque<AdminEvent> checks = new ArrayDeque<>();

	private long last;

	/**
	 * Adds a transition.
	 * @param event the transition
	 */
	public void changed(InstanceEvent event) {
		add(event.at(), event.service(), event.instance(), Kind.STATE, StateText.of(event.to().phase()),
				event.reason());
	}

	/**
	 * Adds the result of a check.
	 * @param check the check with its result
	 */
	public void checked(InstanceCheck check) {
		add(check.at(), check.service(), check.instance(), check.passed() ? Kind.PASSED : Kind.FAILED,
				check.kind().name().toLowerCase(Locale.ROOT), check.detail());
	}

	synchronized void add(Instant at, String service, String instance, Kind kind, String what, String detail) {
		Deque<AdminEvent> kept = kind.isCheck() ? this.checks : this.events;
		this.last++;
		kept.add(new AdminEvent(this.last, at, service, instance, kind, what, detail));
		if (kept.size() > KEPT) {
			kept.remove();
		}
	}

	/**
	 * Returns the events after a given event.
	 * @param id the event's id; 0 for all events that are kept
	 * @return the events in order
	 */
	synchronized List<AdminEvent> since(long id) {
		if (id == this.last) {
			return List.of();
		}
		return Stream.concat(this.events.stream(), this.checks.stream())
			.filter((event) -> event.id() > id)
			.sorted(Comparator.comparingLong(AdminEvent::id))
			.toList();
	}

}
