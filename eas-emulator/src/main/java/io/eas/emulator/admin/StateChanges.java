package io.eas.emulator.admin;

import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.eas.emulator.admin.AdminEvent.Kind;
import io.eas.emulator.admin.AdminState.Instance;
import io.eas.emulator.admin.AdminState.Service;
import io.eas.emulator.instance.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * Compares two states and adds the differences to the history: listings, faults, weights,
 * and the states of instances without health checks. Transitions under health checks are
 * not compared, since they are added to the history directly.
 *
 * @param history the history
 * @param at the time of the later state
 */
record StateChanges(AdminHistory history, Instant at) {

	/** States that are set on demand, regardless of the health checks. */
	private static final Set<InstanceState> FORCED = EnumSet.of(InstanceState.FROZEN, InstanceState.REFUSING);

	void tell(AdminState before, AdminState after) {
		if (!before.discovery().fault().equals(after.discovery().fault())) {
			this.history.add(this.at, "", "", Kind.FAULT, after.discovery().fault(), "");
		}
		for (Service service : after.services()) {
			Map<String, Instance> known = new LinkedHashMap<>();
			before.services()
				.stream()
				.filter((each) -> each.name().equals(service.name()))
				.forEach((each) -> each.instances().forEach((instance) -> known.put(instance.name(), instance)));
			service.instances().forEach((instance) -> compare(service.name(), known.remove(instance.name()), instance));
			known.values().forEach((gone) -> gone(service.name(), gone));
		}
	}

	private void compare(String service, @Nullable Instance before, Instance after) {
		if (before == null) {
			add(service, after, Kind.STATE, "added", after.address());
		}
		else {
			changed(service, before, after);
		}
		if ((before != null && before.listed()) != after.listed()) {
			add(service, after, after.listed() ? Kind.LISTED : Kind.UNLISTED, after.listed() ? "listed" : "unlisted",
					"");
		}
	}

	private void changed(String service, Instance before, Instance after) {
		if (before.state() != after.state()) {
			if (FORCED.contains(before.state()) || FORCED.contains(after.state()) || after.health() == null) {
				add(service, after, Kind.STATE, after.state().name().toLowerCase(Locale.ROOT), "");
			}
		}
		else if (after.health() == null && after.pid() != null && !Objects.equals(before.pid(), after.pid())) {
			add(service, after, Kind.STATE, "restarted", "process " + after.pid() + " started");
		}
		if (!before.fault().equals(after.fault())) {
			add(service, after, Kind.FAULT, after.fault(), "");
		}
		if (before.weight() != after.weight()) {
			add(service, after, Kind.WEIGHT, String.valueOf(after.weight()), "");
		}
	}

	private void gone(String service, Instance gone) {
		if (gone.listed()) {
			add(service, gone, Kind.UNLISTED, "unlisted", "");
		}
		add(service, gone, Kind.STATE, "removed", "");
	}

	private void add(String service, Instance instance, Kind kind, String what, String detail) {
		this.history.add(this.at, service, instance.name(), kind, what, detail);
	}

}
