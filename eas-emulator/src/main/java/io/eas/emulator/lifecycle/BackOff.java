package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The pause before a process that has ended is started again: none at first, then 10 s,
 * 20, 40 … 300 s, each from the end of the process. Forgotten when a process ended more
 * than 10 minutes after it was launched.
 *
 * <p>
 * Source: {@code doBackOff} in kubernetes
 * {@code pkg/kubelet/kuberuntime/kuberuntime_manager.go} asks {@code IsInBackOffSince},
 * with the time the container finished, and calls {@code Next} just before it starts the
 * new one; both, in client-go {@code util/flowcontrol/backoff.go}, hold an entry for
 * expired where the container finished more than twice the longest back-off after the
 * last {@code Next}. So what is measured is from launch to end, and neither a first
 * launch nor the wait itself counts.
 *
 * @param delay how long the next wait is; zero where nothing is remembered
 * @param launched when the last restart was; {@code null} where there was none
 */
record BackOff(Duration delay, @Nullable Instant launched) {

	static final BackOff NONE = new BackOff(Duration.ZERO, null);

	private static final Duration FIRST = Duration.ofSeconds(10);

	private static final Duration LONGEST = Duration.ofMinutes(5);

	private static final Duration FORGOTTEN = LONGEST.multipliedBy(2);

	/** How long to wait after an end. */
	Duration after(Instant ended) {
		return isForgotten(ended) ? Duration.ZERO : this.delay;
	}

	/** What is remembered once the process that ended then is launched anew. */
	BackOff next(Instant ended, Instant relaunched) {
		return new BackOff(isForgotten(ended) ? FIRST : twice(), relaunched);
	}

	private Duration twice() {
		Duration twice = this.delay.multipliedBy(2);
		return (twice.compareTo(LONGEST) > 0) ? LONGEST : twice;
	}

	private boolean isForgotten(Instant ended) {
		return this.launched == null || Duration.between(this.launched, ended).compareTo(FORGOTTEN) > 0;
	}

}
