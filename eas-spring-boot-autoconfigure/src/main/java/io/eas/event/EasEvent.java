package io.eas.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.EjectionListener.Cause;
import org.jspecify.annotations.Nullable;

/**
 * An event about the instances of a service. Events are published to the application
 * context, so that methods with {@code @EventListener} receive them. A method whose
 * parameter has this type receives all events. A method whose parameter has the type of
 * one of the records receives only events of this kind.
 *
 * <p>
 * The events of all services are published by one thread, one after the other, in the
 * order in which they were noticed. A listener that blocks delays other events but no
 * call and no poll; if more than 1000 events wait, further ones are dropped. The first
 * exception of a listener is logged; further ones are ignored.
 */
public sealed interface EasEvent {

	/**
	 * Returns the alias of the service.
	 * @return the name under {@code eas.services}
	 */
	String service();

	/**
	 * Returns when the client noticed the event.
	 * @return the time by the clock of this machine
	 */
	Instant at();

	/**
	 * Discovery has added or removed instances. Published for the first list as well, but
	 * not if only weights have changed.
	 *
	 * @param service see {@link EasEvent#service}
	 * @param at see {@link EasEvent#at}
	 * @param added the instances that are new, in the order of their addresses
	 * @param removed the instances that are gone, in the order of their addresses
	 */
	record InstancesChanged(String service, Instant at, List<EasInstance> added,
			List<EasInstance> removed) implements EasEvent {

		/** Copies the lists. */
		public InstancesChanged {
			added = List.copyOf(added);
			removed = List.copyOf(removed);
		}

	}

	/**
	 * Polls have failed for so long that the list is older than {@code
	 * health.stale-after}. Calls still use this list. Published only once until the list
	 * is fresh again.
	 *
	 * @param service see {@link EasEvent#service}
	 * @param at see {@link EasEvent#at}
	 * @param age the age of the list
	 * @param reason the message of the last failed poll, or null
	 */
	record ListStale(String service, Instant at, Duration age, @Nullable String reason) implements EasEvent {
	}

	/**
	 * A poll has succeeded after the list was {@linkplain ListStale stale}.
	 *
	 * @param service see {@link EasEvent#service}
	 * @param at see {@link EasEvent#at}
	 */
	record ListFresh(String service, Instant at) implements EasEvent {
	}

	/**
	 * An instance was ejected. Not published again if its trials fail.
	 *
	 * @param service see {@link EasEvent#service}
	 * @param at see {@link EasEvent#at}
	 * @param instance the instance
	 * @param cause the cause
	 * @param reason the reason in words, as in the log
	 * @param time the time after which the instance may get a trial call
	 */
	record InstanceEjected(String service, Instant at, EasInstance instance, Cause cause, String reason,
			Duration time) implements EasEvent {
	}

	/**
	 * An ejected instance is used again. Not published for an ejected instance that
	 * leaves the list.
	 *
	 * @param service see {@link EasEvent#service}
	 * @param at see {@link EasEvent#at}
	 * @param instance the instance
	 */
	record InstanceRestored(String service, Instant at, EasInstance instance) implements EasEvent {
	}

}
