package io.eas.properties;

import java.time.Duration;

import io.eas.loadbalancer.EjectionSettings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which instances are left out for a time.
 *
 * @param enabled Whether instances that fail or stand still are left out for a time.
 * @param consecutiveFailures Failures in a row that eject an instance. One alone does if
 * the instance took no connection.
 * @param baseTime Time of the first ejection. Each further one takes twice as long.
 * @param maxTime Longest time of an ejection.
 * @param maxPercent Largest share, by weight, of the instances that take connections that
 * may be left out because of failures. A single one may be in any case, but with 0.
 */
public record EjectionProperties(@DefaultValue("true") boolean enabled, @DefaultValue("3") int consecutiveFailures,
		@DefaultValue("5s") Duration baseTime, @DefaultValue("5m") Duration maxTime,
		@DefaultValue("50") int maxPercent) {

	EjectionSettings settings() {
		return new EjectionSettings(this.enabled, this.consecutiveFailures, this.baseTime, this.maxTime,
				this.maxPercent);
	}

}
