package io.eas.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock in UTC that stands still until a test moves it.
 */
public final class SettableClock extends Clock {

	private volatile Instant now;

	/**
	 * Creates a clock.
	 * @param now the initial time
	 */
	public SettableClock(Instant now) {
		this.now = now;
	}

	/**
	 * Moves the clock.
	 * @param time the time to add; negative to set the clock back
	 */
	public void pass(Duration time) {
		this.now = this.now.plus(time);
	}

	@Override
	public Instant instant() {
		return this.now;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return zone.equals(ZoneOffset.UTC) ? this : Clock.fixed(this.now, zone);
	}

}
