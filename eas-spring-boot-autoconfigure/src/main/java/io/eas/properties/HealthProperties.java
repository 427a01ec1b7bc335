package io.eas.properties;

import java.time.Duration;

import io.eas.health.Freshness;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the list of instances is too old.
 *
 * @param staleAfter Age from which on the list is marked as stale. 3 x discovery.interval
 * by default.
 * @param downAfter Age from which on the service is DOWN, as it is without a list.
 */
public record HealthProperties(@Nullable Duration staleAfter, @DefaultValue("5m") Duration downAfter) {

	/**
	 * Checks each value.
	 */
	public HealthProperties {
		Assert.between("stale-after", staleAfter, Duration.ofMillis(1), Duration.ofDays(1));
		Assert.between("down-after", downAfter, Duration.ofMillis(1), Duration.ofDays(1));
		if (staleAfter != null && staleAfter.compareTo(downAfter) > 0) {
			throw new InvalidSettingException("stale-after", Assert.text(staleAfter),
					"be at most down-after (" + Assert.text(downAfter) + ")", "Lower stale-after or raise down-after.");
		}
	}

	/**
	 * When a list is no longer fresh.
	 * @param interval between two polls
	 * @return stale after three intervals where nothing is configured
	 */
	public Freshness freshness(Duration interval) {
		return new Freshness((this.staleAfter != null) ? this.staleAfter : interval.multipliedBy(3), this.downAfter);
	}

}
