package io.eas.discovery;

import java.time.Duration;
import java.time.Instant;

import io.eas.instance.InstanceList;
import org.jspecify.annotations.Nullable;

/**
 * The state of the discovery of a service at one moment. Immutable.
 *
 * @param list the current list, or null before the first list
 * @param lastSuccess the time at which discovery last returned a list, in this or an
 * earlier run, even if only part of the list is used; null before the first list
 * @param lastFailure the message of the last failed poll; null if no poll has failed
 * since the last success
 * @param failures the number of polls that have failed since the last success
 * @param notFound the number of consecutive polls, up to the last one, which found that
 * the service or the host doesn't exist, or that none of the instances may be called
 */
public record DiscoveryState(@Nullable InstanceList list, @Nullable Instant lastSuccess, @Nullable String lastFailure,
		int failures, int notFound) {

	static final DiscoveryState UNKNOWN = new DiscoveryState(null, null, null, 0, 0);

	private static final int NOT_FOUND_THRESHOLD = 2;

	DiscoveryState succeeded(@Nullable InstanceList newList, Instant now) {
		return new DiscoveryState(newList, now, null, 0, 0);
	}

	DiscoveryState restored(InstanceList list, Instant lastSuccess) {
		return new DiscoveryState(list, lastSuccess, this.lastFailure, this.failures, this.notFound);
	}

	DiscoveryState using(InstanceList newList) {
		return new DiscoveryState(newList, this.lastSuccess, this.lastFailure, this.failures, this.notFound);
	}

	DiscoveryState failed(DiscoveryException failure) {
		return new DiscoveryState(this.list, this.lastSuccess, failure.getMessage(), this.failures + 1,
				failure.isNotFound() ? this.notFound + 1 : 0);
	}

	/** Returns the state after a restart, without the previous failures. */
	DiscoveryState startedOver() {
		return new DiscoveryState(this.list, this.lastSuccess, null, 0, 0);
	}

	/**
	 * Returns whether the only poll so far found that the service or the host doesn't
	 * exist, or that none of the instances may be called.
	 */
	boolean isNotFoundOnce() {
		return this.lastSuccess == null && this.failures == 1 && this.notFound == 1;
	}

	/**
	 * Returns whether the service or the host doesn't exist, or none of its instances may
	 * be called, so that callers should not wait for a list. This requires that at least
	 * the last {@value #NOT_FOUND_THRESHOLD} polls had this result, and that discovery
	 * has never returned a list.
	 * @return true if the service is not found; false once discovery has returned a list,
	 * in this or an earlier run of the application
	 */
	public boolean isNotFound() {
		return this.lastSuccess == null && this.notFound >= NOT_FOUND_THRESHOLD;
	}

	/**
	 * Returns the time since discovery last returned the list.
	 * @param now the current time
	 * @return the age; zero if the clock has been set back since; null before the first
	 * list
	 */
	public @Nullable Duration age(Instant now) {
		if (this.lastSuccess == null) {
			return null;
		}
		return now.isAfter(this.lastSuccess) ? Duration.between(this.lastSuccess, now) : Duration.ZERO;
	}

}
