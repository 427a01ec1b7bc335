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
 * host, doesn't exist
 */
public record DiscoveryState(@Nullable InstanceList list, @Nullable Instant lastSuccess, @Nullable String lastFailure,
		int failures, int notFound) {

	static final DiscoveryState UNKNOWN = new DiscoveryState(null, null, null, 0, 0);

	/** So many polls in a row that found nothing are no accident. */
	private static final int SURE = 2;

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

	/**
	 * Whether one poll found nothing to ask for, and it isn't known yet whether that is
	 * an accident.
	 */
	boolean isDoubtful() {
		return this.list == null && this.notFound > 0 && this.notFound < SURE;
	}

	/**
	 * Whether nobody should wait for the first list: the newest polls found that there is
	 * nothing to ask for.
	 * @return false once there is a list
	 */
	public boolean isFutile() {
		return this.list == null && this.notFound >= SURE;
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
