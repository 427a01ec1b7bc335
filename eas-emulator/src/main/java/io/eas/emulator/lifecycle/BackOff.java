package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The pause before a process that has ended is started again: none at first, then 10 s,
 * 20, 40 … 300 s, each from the end of the process. Forgotten 10 minutes after the last
 * restart, even while the next one waits.
 *
 * <p>
 * A process that a check has killed is killed and restarted in one sync, which still sees
 * the status from before: the pause counts from the end before the last one, and is
 * mostly over. With a liveness check that never passes (every 10 s, 3 failures) the
 * pauses are 0, 0, 0, 0, 40, 80, 160, 300, 0, 300, 0 s.
 *
 * <p>
 * Source: {@code SyncPod} and {@code doBackOff} in kubernetes
 * {@code pkg/kubelet/kuberuntime/kuberuntime_manager.go}, which ask
 * {@code IsInBackOffSince} and call {@code Next} of client-go
 * {@code util/flowcontrol/backoff.go}; {@code GC}, called by the kubelet's housekeeping,
 * forgets.
 *
 * @param delay how long the next pause is; zero where nothing is remembered
 * @param launched when the last restart was that is remembered; {@code null} where there
 * was none
 * @param lastEnd when the process before the last one ended; {@code null} where none has
 */
record BackOff(Duration delay, @Nullable Instant launched, @Nullable Instant lastEnd) {

	static final BackOff NONE = new BackOff(Duration.ZERO, null, null);

	private static final Duration FIRST = Duration.ofSeconds(10);

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private static final Duration FORGOTTEN = LONGEST.multipliedBy(2);

	/**
	 * When the next process starts.
	 * @param ended when the last one ended
	 * @param killed whether a check had it killed
	 * @return {@code ended} where it starts at once
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
	 * What is remembered once the next process is launched.
	 * @param ended when the last one ended
	 * @param killed whether a check had it killed
	 * @param relaunched when the next one is launched
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
