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
 */
public record DiscoveryState(@Nullable InstanceList list, @Nullable Instant lastSuccess, @Nullable String lastFailure,
		int failures) {

	static final DiscoveryState UNKNOWN = new DiscoveryState(null, null, null, 0);

	DiscoveryState succeeded(@Nullable InstanceList newList, Instant now) {
		return new DiscoveryState(newList, now, null, 0);
	}

	DiscoveryState restored(InstanceList list, Instant lastSuccess) {
		return new DiscoveryState(list, lastSuccess, this.lastFailure, this.failures);
	}

	DiscoveryState using(InstanceList newList) {
		return new DiscoveryState(newList, this.lastSuccess, this.lastFailure, this.failures);
	}

	DiscoveryState failed(String reason) {
		return new DiscoveryState(this.list, this.lastSuccess, reason, this.failures + 1);
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
