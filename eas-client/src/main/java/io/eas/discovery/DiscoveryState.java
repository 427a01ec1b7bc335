package io.eas.discovery;

import java.time.Duration;
import java.time.Instant;

import io.eas.instance.InstanceList;
import org.jspecify.annotations.Nullable;

/**
 * What is known at one moment. Immutable.
 *
 * @param list the current list, or null before the first
 * @param lastSuccess when discovery last gave a list, whatever part of it is used, be it
 * to an earlier run; null before the first
 * @param lastFailure what the newest failed poll said; null if none failed since the last
 * success
 * @param failures polls that failed since the last success
 * @param notFound how many of the newest polls in a row found that the service, or the
 * host, doesn't exist, or that none of its instances may be called
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

	/** A new start asks anew: what earlier polls said decides nothing. */
	DiscoveryState startedOver() {
		return new DiscoveryState(this.list, this.lastSuccess, null, 0, 0);
	}

	/** Whether the first poll of all found no such service or host, or none to call. */
	boolean isNotFoundOnce() {
		return this.lastSuccess == null && this.failures == 1 && this.notFound == 1;
	}

	/**
	 * Whether there is no such service or host, or no instance that may be called, so
	 * that nobody should wait for a list: the newest {@value #NOT_FOUND_THRESHOLD} polls
	 * or more say so, and discovery has never given a list.
	 * @return false as soon as discovery has given one, be it to an earlier run
	 */
	public boolean isNotFound() {
		return this.lastSuccess == null && this.notFound >= NOT_FOUND_THRESHOLD;
	}

	/**
	 * How long ago discovery last gave the list.
	 * @param now the time to count to
	 * @return the age, 0 where the clock was set back since; null before the first list
	 */
	public @Nullable Duration age(Instant now) {
		if (this.lastSuccess == null) {
			return null;
		}
		return now.isAfter(this.lastSuccess) ? Duration.between(this.lastSuccess, now) : Duration.ZERO;
	}

}
