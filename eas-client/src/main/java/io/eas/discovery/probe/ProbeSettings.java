package io.eas.discovery.probe;

import java.time.Duration;

/**
 * When instances are checked, and what follows.
 *
 * @param period from one check of an instance to the next
 * @param successThreshold so many passed checks in a row and it is used, at least 1
 * @param failureThreshold so many failed checks in a row and it isn't, at least 1
 * @param beforeUse whether an instance must have passed before it is used
 */
public record ProbeSettings(Duration period, int successThreshold, int failureThreshold, boolean beforeUse) {

	Threshold threshold() {
		return new Threshold(this.successThreshold, this.failureThreshold);
	}

}
