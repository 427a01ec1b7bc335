package io.eas.properties;

import java.time.Duration;

import io.eas.health.Freshness;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the health indicator of a service.
 *
 * @param staleAfter Age of the list of instances after which it is reported as stale. By
 * default 3 x discovery.interval.
 * @param downAfter Age of the list of instances after which the service is DOWN. Without
 * a list the service is DOWN as well.
 */
public record HealthProperties(@Nullable Duration staleAfter, @DefaultValue("5m") Duration downAfter) {

	/**
	 * Validates the values.
	 * @throws InvalidSettingException if a value is out of range, or {@code staleAfter}
	 * is longer than {@code downAfter}
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
	 * Returns the limits of the age of a list.
	 * @param interval the shortest delay between two polls
	 * @return the limits; if nothing is configured, a list is stale after three intervals
	 */
	public Freshness freshness(Duration interval) {
		return new Freshness((this.staleAfter != null) ? this.staleAfter : interval.multipliedBy(3), this.downAfter);
	}

}
