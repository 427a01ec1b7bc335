package io.eas.client.retry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eas.client.EasException;
import io.eas.client.retry.RetryRules.Backoff;
import io.eas.http.Answer;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a call gets another attempt. What it keeps for that is made once an
 * attempt has failed. Of one call, told by one thread at a time.
 *
 * <p>
 * The service's Resilience4j {@link Retry} says so, and counts. It isn't asked where an
 * attempt got no connection and there is an instance that the call hasn't tried: the call
 * then moves on as if it had gone there first, as often as there are such instances. And
 * the retry budget isn't asked where nobody could have known better, since the instance
 * was only left out because of this failure or while the attempt was in flight, or its
 * connection had been forgotten while it was idle, and another is in use.
 */
public final class Retries {

	/** So many instances that are left out are tried for a connection. */
	private static final int MOST_LAST_RESORTS = 10;

	/** A failure tells of so many others that came before it. */
	private static final int MOST_TOLD = 10;

	private final ServiceRetries policy;

	private final Duration timeout;

	private TriedInstances tried = TriedInstances.none();

	/** Those of them where another attempt would end in the same way. */
	private TriedInstances refused = TriedInstances.none();

	private TriedInstances avoided = TriedInstances.none();

	private Retry.@Nullable AsyncContext<Answer> retry;

	private volatile List<EasException> earlier = List.of();

	/** How many of those the {@link Retry} was asked about; written before them. */
	private int counted;

	/** Whether an attempt got a connection, or may have. */
	private boolean connected;

	/** How many moves went to instances that are left out. */
	private int lastResorts;

	/** Whether a failure other than such a one was followed by an attempt for free. */
	private boolean excused;

	private @Nullable String conclusion;

	/** Whether the budget has been asked for the next attempt, and has allowed it. */
	private volatile boolean reserved;

	/**
	 * The retries of a call that has tried nothing yet.
	 * @param policy of its service
	 * @param timeout the time of the whole call
	 */
	public Retries(ServiceRetries policy, Duration timeout) {
		this.policy = policy;
		this.timeout = timeout;
	}

	/**
	 * The instances that the next attempt keeps away from: all that were tried, and once
	 * there are no others those that refused, with the newest if a third remains.
	 * @return not to be changed
	 */
	public TriedInstances avoided() {
		return this.avoided;
	}

	/**
	 * Why the last failure isn't tried again.
	 * @return null where nobody wanted to
	 */
	public @Nullable String conclusion() {
		return this.conclusion;
	}

	/**
	 * The failures that were followed by another attempt, or will be.
	 * @return the last ten, oldest first
	 */
	public List<EasException> earlier() {
		return this.earlier;
	}

	/** The call has its answer. */
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
	 * An attempt has failed, and nothing follows, as the connections are being closed.
	 * @param failure how
	 * @param instance where
	 */
	public void giveUp(EasException failure, EasInstance instance) {
		note(failure, instance);
		ask(failure);
	}

	/**
	 * An attempt has failed. The {@link Retry} counts, paces and may give up earlier;
	 * what must not be repeated isn't, whatever it says. The budget has the last word.
	 * @param failure how
	 * @param attempt the attempt, which has ended
	 * @param unreachable whether it got no connection to its instance
	 * @param started when the call did
	 * @return how long to wait before the next attempt, in milliseconds; less than 0 if
	 * there is none
	 */
	public long pauseAfter(EasException failure, TrackedAttempt attempt, boolean unreachable, long started) {
		EasInstance instance = attempt.instance();
		note(failure, instance);
		this.connected |= !unreachable;
		boolean elsewhere = hasOthersThan(this.tried);
		boolean moving = unreachable && elsewhere && failure.isRetryable() && wants(failure) && mayMove();
		long asked = moving ? 0 : ask(failure);
		if (asked < 0 || !failure.isRetryable() || (!elsewhere && isEverywhereUnreachable())) {
			return -1;
		}
		if (!elsewhere && this.refused.size() > 0 && !hasOthersThan(this.refused)) {
			this.conclusion = "there is no other address to try";
			return -1;
		}
		this.avoided = (elsewhere || this.refused.size() == 0) ? this.tried : refusedAnd(instance);
		// without another instance to go to, an attempt is never repeated at once
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
	 * Asks whether the call would get another attempt if it gave up the one under way,
	 * and if so has the budget pay for it. By any thread, while that attempt goes on; the
	 * {@link Retry} is asked for its rules and told nothing.
	 * @param failure how it would have failed
	 * @param started when the call did
	 * @return false if the attempt is better left alone
	 */
	public boolean reserve(EasException failure, long started) {
		long pause = failure.isRetryable() ? askRules(failure) : -1;
		long now = this.policy.nanoTime().getAsLong();
		long left = this.timeout.toMillis() - TimeUnit.NANOSECONDS.toMillis(now - started);
		// what is drawn in the end may be longer
		if (pause < 0 || left < 2 * Math.max(pause, Backoff.SHORTEST_FURTHER.toMillis())) {
			return false;
		}
		this.reserved = this.reserved || this.policy.budget().tryRetry(now);
		return this.reserved;
	}

	/** To what is in use always, to what is left out not for ever. */
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

	/** Once all have been tried in vain, it is enough with as many attempts as usual. */
	private boolean isEverywhereUnreachable() {
		return !this.connected && this.tried.size() >= this.policy.maxAttempts();
	}

	/** Whether the {@link Retry} would repeat anything after such a failure. */
	private boolean wants(EasException failure) {
		try {
			return this.policy.retry().getRetryConfig().getExceptionPredicate().test(failure);
		}
		catch (Throwable ex) {
			// the Retry says so itself, when it is asked
			return false;
		}
	}

	/** Listeners that throw have no say, and are not told twice. */
	private long ask(EasException failure) {
		try {
			return retry().onError(failure);
		}
		catch (Throwable ex) {
			this.policy.failures().tell(ex);
			return askRules(failure);
		}
	}

	/** The rules of the {@link Retry}, which may be the application's too. */
	private long askRules(EasException failure) {
		Retry rules = this.policy.retry();
		RetryConfig config = rules.getRetryConfig();
		int failures = this.counted + 1;
		try {
			boolean again = failures < config.getMaxAttempts() && config.getExceptionPredicate().test(failure);
			return again ? config.<Object>getIntervalBiFunction().apply(failures, Either.left(failure)) : -1;
		}
		catch (Throwable ex) {
			this.conclusion = "the Resilience4j retry " + rules.getName() + " failed: " + ex;
			return -1;
		}
	}

	private TriedInstances refusedAnd(EasInstance newest) {
		TriedInstances both = new TriedInstances();
		for (int i = 0; i < this.refused.size(); i++) {
			both.add(this.refused.get(i));
		}
		both.add(newest);
		return hasOthersThan(both) ? both : this.refused;
	}

	private boolean hasOthersThan(TriedInstances these) {
		InstanceList list = this.policy.source().current();
		if (list == null) {
			return false;
		}
		boolean drained = list.instances().stream().allMatch((instance) -> instance.weight() == 0);
		return list.instances()
			.stream()
			.anyMatch((instance) -> (drained || instance.weight() > 0) && !these.contains(instance));
	}

	/** An attempt that would come too late isn't waited for, and costs nothing. */
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

	/** By what nobody could have known, or else by the budget. */
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
