package io.eas.client.retry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eas.client.EasException;
import io.eas.client.retry.RetryRules.Backoff;
import io.eas.http.Answer;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.github.resilience4j.retry.Retry;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether and when a call gets another attempt. Its state is allocated only after
 * an attempt has failed. For one call; except for {@link #reserve} and {@link #earlier},
 * it must not be used by several threads at the same time.
 *
 * <p>
 * The Resilience4j {@link Retry} of the service counts the attempts and decides whether
 * to retry. It is not consulted if an attempt got no connection and there is an instance
 * that the call hasn't tried: the call then moves to that instance, as if it had been
 * picked first. A retry is not charged to the retry budget if another instance is in use
 * and the failure could not be foreseen. Two kinds of failure can't be foreseen: the
 * instance was ejected because of this attempt or during it, or the connection had been
 * dropped while idle, by the instance or by a device such as a firewall.
 */
public final class Retries {

	/** Maximum number of ejected instances that a call tries to connect to. */
	private static final int MOST_LAST_RESORTS = 10;

	/** Maximum number of earlier failures that a failure lists. */
	private static final int MOST_TOLD = 10;

	private final ServiceRetries policy;

	private final Duration timeout;

	private TriedInstances tried = TriedInstances.none();

	/** The tried instances on which another attempt would fail in the same way. */
	private TriedInstances refused = TriedInstances.none();

	private TriedInstances avoided = TriedInstances.none();

	private Retry.@Nullable AsyncContext<Answer> retry;

	private volatile List<EasException> earlier = List.of();

	/**
	 * Number of failures that the {@link Retry} was asked about. Written before
	 * {@link #earlier}, so that other threads see the number.
	 */
	private int counted;

	/** Whether an attempt got a connection, or may have got one. */
	private boolean connected;

	/** The number of moves to ejected instances. */
	private int lastResorts;

	/** Whether a retry after a connected attempt was not charged to the budget. */
	private boolean excused;

	private @Nullable String conclusion;

	/** Whether the budget has already paid for the next attempt. */
	private volatile boolean reserved;

	/**
	 * Creates the retries of a call without attempts.
	 * @param policy the retry policy of the service
	 * @param timeout the limit for the whole call
	 */
	public Retries(ServiceRetries policy, Duration timeout) {
		this.policy = policy;
		this.timeout = timeout;
	}

	/**
	 * Returns the instances that the next attempt avoids: all instances that were tried.
	 * If all instances were tried, and some of them would fail in the same way again, the
	 * next attempt avoids only these and, if possible, the last one tried.
	 * @return the instances, not to be modified
	 */
	public TriedInstances avoided() {
		return this.avoided;
	}

	/**
	 * Returns why the last failure is not retried.
	 * @return the reason, or null if the retry rules don't ask for a retry
	 */
	public @Nullable String conclusion() {
		return this.conclusion;
	}

	/**
	 * Returns the failures that were, or will be, followed by another attempt.
	 * @return the last ten, oldest first
	 */
	public List<EasException> earlier() {
		return this.earlier;
	}

	/** Called when the call has received its response. */
	public void succeeded() {
		try {
			retry().onComplete();
		}
		catch (Throwable ex) {
			this.policy.failures().tell(ex);
		}
	}

	private Retry.AsyncContext<Answer> retry() {
		Retry.AsyncContext<Answer> context = this.retry;
		if (context == null) {
			context = this.policy.retry().asyncContext();
			this.retry = context;
		}
		return context;
	}

	/**
	 * Called when an attempt has failed and no other follows, because the connections are
	 * being closed.
	 * @param failure the failure
	 * @param instance the instance of the attempt
	 */
	public void giveUp(EasException failure, EasInstance instance) {
		note(failure, instance);
		ask(failure);
	}

	/**
	 * Decides on another attempt after an attempt has failed. The {@link Retry} counts
	 * the failure, determines the pause and may give up. A failure that must not be
	 * retried is not retried, even if the {@link Retry} allows it. The budget decides
	 * last.
	 * @param failure the failure
	 * @param attempt the attempt, which has ended
	 * @param unreachable whether the attempt got no connection to its instance
	 * @param started when the call started, in nanoseconds
	 * @return the pause before the next attempt, in milliseconds; negative if there is
	 * none
	 */
	public long pauseAfter(EasException failure, TrackedAttempt attempt, boolean unreachable, long started) {
		EasInstance instance = attempt.instance();
		note(failure, instance);
		this.connected |= !unreachable;
		boolean elsewhere = this.policy.hasOthersThan(this.tried);
		boolean moving = unreachable && elsewhere && failure.isRetryable() && this.policy.wants(failure) && mayMove();
		long asked = moving ? 0 : ask(failure);
		if (asked < 0 || !failure.isRetryable() || (!elsewhere && isEverywhereUnreachable())) {
			return -1;
		}
		if (!elsewhere && this.refused.size() > 0 && !this.policy.hasOthersThan(this.refused)) {
			this.conclusion = "there is no other address to try";
			return -1;
		}
		this.avoided = (elsewhere || this.refused.size() == 0) ? this.tried : refusedAnd(instance);
		// without another instance, an attempt is never repeated immediately
		long shortest = elsewhere ? 0 : Backoff.SHORTEST_FURTHER.toMillis();
		long pause = Math.max(Math.max(asked, shortest),
				RetryRules.pauseAskedFor(failure, this.policy.clock().instant(), elsewhere));
		if (!isInTime(pause, started) || !isPaidFor(attempt, unreachable)) {
			return -1;
		}
		this.counted += moving ? 0 : 1;
		List<EasException> known = this.earlier;
		this.earlier = Stream.concat(known.stream().skip(Math.max(0, known.size() + 1 - MOST_TOLD)), Stream.of(failure))
			.toList();
		return pause;
	}

	/**
	 * Returns whether the call would get another attempt if it gave up the current one.
	 * If so, the other attempt is charged to the budget. May be called by any thread
	 * while the current attempt is in flight. The rules of the {@link Retry} are applied,
	 * but its listeners are not notified.
	 * @param failure the failure that the current attempt would have
	 * @param started when the call started, in nanoseconds
	 * @return false if the current attempt should continue
	 */
	public boolean reserve(EasException failure, long started) {
		long pause = failure.isRetryable() ? pauseByRules(failure) : -1;
		long now = this.policy.nanoTime().getAsLong();
		long left = this.timeout.toMillis() - TimeUnit.NANOSECONDS.toMillis(now - started);
		// the final pause is random and may be longer
		if (pause < 0 || left < 2 * Math.max(pause, Backoff.SHORTEST_FURTHER.toMillis())) {
			return false;
		}
		this.reserved = this.reserved || this.policy.budget().tryRetry(now);
		return this.reserved;
	}

	/**
	 * Returns whether the call may move to another instance. The number of moves is
	 * limited if all untried instances are ejected.
	 */
	private boolean mayMove() {
		return this.policy.selector().hasLive(this.tried) || this.lastResorts++ < MOST_LAST_RESORTS;
	}

	private void note(EasException failure, EasInstance instance) {
		if (this.tried.size() == 0) {
			this.tried = new TriedInstances();
		}
		this.tried.add(instance);
		if (RetryRules.isRefusedForGood(failure)) {
			this.refused = (this.refused.size() == 0) ? new TriedInstances() : this.refused;
			this.refused.add(instance);
		}
	}

	/**
	 * Returns true if no instance has accepted a connection and the call has made its
	 * usual number of attempts. Called when all instances have been tried.
	 */
	private boolean isEverywhereUnreachable() {
		return !this.connected && this.tried.size() >= this.policy.maxAttempts();
	}

	/**
	 * Consults the {@link Retry}. If it throws, its rules are applied directly, without
	 * its listeners. If the rules throw as well, the call is not retried. Otherwise a
	 * listener has thrown the exception, which has no effect on the call.
	 */
	private long ask(EasException failure) {
		try {
			return retry().onError(failure);
		}
		catch (Throwable ex) {
			return askRules(failure, ex);
		}
	}

	private long askRules(EasException failure, Throwable thrown) {
		try {
			long pause = this.policy.pauseAfter(failure, this.counted + 1);
			this.policy.failures().tell(thrown);
			return pause;
		}
		catch (Throwable ex) {
			this.policy.ruleFailures().tell(ex);
			this.conclusion = "the Resilience4j retry " + this.policy.retry().getName() + " failed: " + ex;
			return -1;
		}
	}

	/**
	 * Returns the pause that the rules of the {@link Retry} determine; negative if the
	 * rules throw, in which case the current attempt continues.
	 */
	private long pauseByRules(EasException failure) {
		try {
			return this.policy.pauseAfter(failure, this.counted + 1);
		}
		catch (Throwable ex) {
			return -1;
		}
	}

	private TriedInstances refusedAnd(EasInstance newest) {
		TriedInstances both = new TriedInstances();
		for (int i = 0; i < this.refused.size(); i++) {
			both.add(this.refused.get(i));
		}
		both.add(newest);
		return this.policy.hasOthersThan(both) ? both : this.refused;
	}

	/**
	 * Returns whether the next attempt starts within the time limit. If not, the call
	 * fails without waiting, and the budget is not charged.
	 */
	private boolean isInTime(long pause, long started) {
		long now = this.policy.nanoTime().getAsLong();
		long left = this.timeout.toMillis() - TimeUnit.NANOSECONDS.toMillis(now - started);
		if (pause >= left) {
			this.conclusion = "the call has " + Math.max(0, left) + " ms left, and the next attempt is due in " + pause
					+ " ms";
			return false;
		}
		return true;
	}

	/**
	 * Returns whether the next attempt may be made: because the failure could not be
	 * foreseen, or because the budget pays for it.
	 */
	private boolean isPaidFor(TrackedAttempt attempt, boolean unreachable) {
		if (this.reserved) {
			this.reserved = false;
			return true;
		}
		if (attempt.isForgotten() && this.policy.selector().hasLive(this.tried)) {
			return true;
		}
		if ((unreachable || !this.excused) && attempt.isOvertakenByEjection()
				&& this.policy.selector().hasLive(this.tried)) {
			this.excused |= !unreachable;
			return true;
		}
		if (!this.policy.budget().tryRetry(this.policy.nanoTime().getAsLong())) {
			this.conclusion = "the retry budget of the service is used up (" + this.policy.budget() + ")";
			return false;
		}
		return true;
	}

}
