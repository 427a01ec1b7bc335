package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The pause before a process that has ended is started again: none for the first restart,
 * then 10 s, 20 s, 40 s and so on up to 300 s, each counted from the end of the process.
 * The pause is reset 10 minutes after the last restart, even while the next restart is
 * pending.
 *
 * <p>
 * The kubelet kills a process whose check has failed and restarts it within a single
 * sync, whose status was read before the kill. Therefore the pause is counted from the
 * end of the process before the last one, and most of it has already passed. With a
 * liveness check that never passes (every 10 s, 3 failures), the pauses are 0, 0, 0, 0,
 * 40, 80, 160, 300, 0, 300, 0 s.
 *
 * <p>
 * Source: {@code SyncPod} and {@code doBackOff} in kubernetes
 * {@code pkg/kubelet/kuberuntime/kuberuntime_manager.go}, which use
 * {@code IsInBackOffSince} and {@code Next} of client-go
 * {@code util/flowcontrol/backoff.go}; the reset is {@code GC}, called by the kubelet's
 * housekeeping.
 *
 * @param delay the length of the next pause; zero at first
 * @param launched the time of the last restart that counts for the pause; {@code null} if
 * there was none
 * @param lastEnd when the process before the last one ended; {@code null} if there was
 * none
 */
record BackOff(Duration delay, @Nullable Instant launched, @Nullable Instant lastEnd) {

	static final BackOff NONE = new BackOff(Duration.ZERO, null, null);

	private static final Duration FIRST = Duration.ofSeconds(10);

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private static final Duration FORGOTTEN = LONGEST.multipliedBy(2);

	/**
	 * Returns when the next process starts.
	 * @param ended when the last process ended
	 * @param killed whether it was killed because of a failed check
	 * @return the time; {@code ended} if the process starts at once
	 */
	Instant nextLaunch(Instant ended, boolean killed) {
		Instant seen = killed ? this.lastEnd : ended;
		Instant last = this.launched;
		if (seen == null || last == null || isForgotten(ended) || !ended.isBefore(seen.plus(this.delay))) {
			return ended;
		}
		Instant over = ended.plus(this.delay);
		Instant forgotten = last.plus(FORGOTTEN);
		return forgotten.isBefore(over) ? forgotten : over;
	}

	/**
	 * Returns the back-off after the next process is launched.
	 * @param ended when the last process ended
	 * @param killed whether it was killed because of a failed check
	 * @param relaunched when the next process is launched
	 */
	BackOff next(Instant ended, boolean killed, Instant relaunched) {
		if (killed && this.lastEnd == null) {
			return new BackOff(this.delay, this.launched, ended);
		}
		return new BackOff(isForgotten(relaunched) ? FIRST : twice(), relaunched, ended);
	}

	private Duration twice() {
		Duration twice = this.delay.multipliedBy(2);
		return (twice.compareTo(LONGEST) > 0) ? LONGEST : twice;
	}

	private boolean isForgotten(Instant now) {
		return this.launched == null || Duration.between(this.launched, now).compareTo(FORGOTTEN) >= 0;
	}

}
