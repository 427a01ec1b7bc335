package io.eas.emulator.lifecycle;

/**
 * client-go's {@code flowcontrol.Backoff} for one key, in its own way. Times are
 * milliseconds.
 */
final class KubeletBackoff {

	private static final long DEFAULT_DURATION = 10_000;

	private static final long MAX_DURATION = 300_000;

	private boolean entry;

	private long backoff;

	private long lastUpdate;

	boolean isInBackOffSince(long eventTime, long now) {
		return this.entry && !hasExpired(eventTime) && now - eventTime < this.backoff;
	}

	void next(long eventTime, long now) {
		if (!this.entry || hasExpired(eventTime)) {
			this.entry = true;
			this.backoff = DEFAULT_DURATION;
		}
		else {
			this.backoff = Math.min(this.backoff * 2, MAX_DURATION);
		}
		this.lastUpdate = now;
	}

	void gc(long now) {
		if (now - this.lastUpdate >= MAX_DURATION * 2) {
			this.entry = false;
		}
	}

	private boolean hasExpired(long eventTime) {
		return eventTime - this.lastUpdate > MAX_DURATION * 2;
	}

	long lastUpdate() {
		return this.lastUpdate;
	}

	/** When a wait is over, or forgotten. */
	long end(long eventTime) {
		return Math.min(eventTime + this.backoff, this.lastUpdate + MAX_DURATION * 2);
	}

}
