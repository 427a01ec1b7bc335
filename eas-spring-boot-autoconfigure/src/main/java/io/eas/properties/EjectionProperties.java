package io.eas.properties;

import java.time.Duration;

import io.eas.loadbalancer.EjectionSettings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the ejection of failing instances.
 *
 * @param enabled Whether instances that fail or stall are ejected, so that no calls go to
 * them for a time.
 * @param consecutiveFailures Number of consecutive failures that eject an instance, where
 * a single failure is enough if the instance accepts no connection.
 * @param baseTime Duration of the first ejection, which doubles with each further
 * ejection.
 * @param maxTime Maximum duration of an ejection.
 * @param maxPercent Maximum share of the reachable instances, in percent of their weight,
 * that may be ejected because of failures. A single instance may always be ejected unless
 * the value is 0.
 */
public record EjectionProperties(@DefaultValue("true") boolean enabled, @DefaultValue("3") int consecutiveFailures,
		@DefaultValue("5s") Duration baseTime, @DefaultValue("5m") Duration maxTime,
		@DefaultValue("50") int maxPercent) {

	EjectionSettings settings() {
		return new EjectionSettings(this.enabled, this.consecutiveFailures, this.baseTime, this.maxTime,
				this.maxPercent);
	}

}
