package io.eas.loadbalancer.selection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

import io.eas.discovery.probe.ProbeState;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.selection.EjectionState.Avoided;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import io.eas.loadbalancer.selection.EjectionState.Ramping;
import org.jspecify.annotations.Nullable;

/**
 * A description of the current state of an instance, for people to read: whether calls go
 * to it, and why or why not. States and causes are in lower case, with dashes. Immutable.
 *
 * @param address the host and port of the instance
 * @param weight the weight of the instance
 * @param state the state: {@code live}, {@code drained} (weight 0 while other instances
 * have weight), {@code slow-start}, {@code avoided} (other instances are preferred for a
 * short time), {@code ejected}, {@code on-trial} (ejected, and one attempt checks whether
 * the instance responds again); {@code unproven} or {@code failing} if no call goes to it
 * because of the client's own probe
 * @param cause the cause of an ejection, as in the meter of ejections; for an avoided
 * instance {@code suspicion} if it is suspected but may not be ejected, otherwise {@code
 * overload}; null in all other states
 * @param reason the reason of an ejection in words, or else null
 * @param ejections the ordinal of the ejection, which determines its length; null unless
 * ejected
 * @param since when the state began; null if live or drained
 * @param until when the state ends: for an ejected instance the time from which a trial
 * is admitted, for an instance on trial the time from which another attempt may be the
 * trial; null if live or drained
 * @param used true if calls go to the ejected instance nevertheless, since too many
 * instances are ejected on suspicion; otherwise null
 * @param omitted true if the latest answer of discovery doesn't list the instance, and
 * the next answer has yet to confirm this; otherwise null
 * @param inFlight the number of attempts in flight
 * @param latencyMillis the moving average of the time to the first byte of an answer, in
 * milliseconds; null before the first answer
 * @param failureRate the share of recent attempts that failed, from 0 to 1; null if none
 * has failed
 * @param probe the verdict of the client's own probe, {@code unproven}, {@code passing}
 * or {@code failing}; null without probes
 * @param probeResult the last result of the probe, or null
 * @param lastFailure the last failure of an attempt; null if no attempt has failed since
 * discovery first listed the instance
 */
public record InstanceDescription(String address, int weight, String state, @Nullable String cause,
		@Nullable String reason, @Nullable Integer ejections, @Nullable Instant since, @Nullable Instant until,
		@Nullable Boolean used, @Nullable Boolean omitted, int inFlight, @Nullable Double latencyMillis,
		@Nullable Double failureRate, @Nullable String probe, @Nullable String probeResult,
		@Nullable Failure lastFailure) {

	private static final double THOUSAND = 1000;

	/**
	 * Describes an instance that calls may go to.
	 * @param tracked the instance
	 * @param weighted whether an instance of the list has a positive weight
	 * @param panic whether ejected instances in doubt are used nevertheless
	 * @param now the current time of the nano clock
	 * @param instant converts times of the nano clock
	 */
	static InstanceDescription of(TrackedInstance tracked, boolean weighted, boolean panic, long now,
			LongFunction<Instant> instant) {
		LastFailure failure = tracked.lastFailure();
		return inState(tracked, weighted, panic, now, instant)
			.with((failure != null) ? Failure.of(failure, now, instant) : null);
	}

	private static InstanceDescription inState(TrackedInstance tracked, boolean weighted, boolean panic, long now,
			LongFunction<Instant> instant) {
		EjectionState state = tracked.ejectionState();
		if (state instanceof Ejected out) {
			boolean trial = out.tried() && now - out.until() < 0;
			return of(tracked, trial ? "on-trial" : "ejected", word(out.cause()), out,
					instant.apply(trial ? out.trial() : out.since()), instant.apply(out.until()),
					(panic && out.isDoubt()) ? true : null);
		}
		if (state instanceof Avoided avoided && now - avoided.until() < 0) {
			return of(tracked, "avoided", avoided.doubted() ? "suspicion" : "overload", null,
					instant.apply(avoided.since()), instant.apply(avoided.until()), null);
		}
		if (weighted && tracked.instance().weight() == 0) {
			return of(tracked, "drained", null, null, null, null, null);
		}
		if (state instanceof Ramping ramping && now - ramping.until() < 0) {
			return of(tracked, "slow-start", null, null, instant.apply(ramping.since()), instant.apply(ramping.until()),
					null);
		}
		return of(tracked, "live", null, null, null, null, null);
	}

	private static InstanceDescription of(TrackedInstance tracked, String state, @Nullable String cause,
			@Nullable Ejected out, @Nullable Instant since, @Nullable Instant until, @Nullable Boolean used) {
		EasInstance instance = tracked.instance();
		double latency = tracked.latency();
		double failures = tracked.failureRate();
		return new InstanceDescription(instance.address(), instance.weight(), state, cause,
				(out != null) ? out.reason() : null, (out != null) ? out.times() : null, millis(since), millis(until),
				used, instance.omitted() ? true : null, tracked.inFlight(),
				(latency > 0) ? rounded(latency / TimeUnit.MILLISECONDS.toNanos(1)) : null,
				(failures > 0) ? rounded(failures) : null, null, null, null);
	}

	/**
	 * Describes an instance that no call goes to because of the client's own probe.
	 * @param instance the instance
	 * @param probe the state of its probe
	 * @return the description, whose state is the verdict of the probe
	 */
	public static InstanceDescription unused(EasInstance instance, ProbeState probe) {
		return of(TrackedInstance.of(instance), word(probe.verdict()), null, null, null, null, null).with(probe);
	}

	/**
	 * Adds the state of the client's own probe.
	 * @param state the state, or null without probes
	 * @return the description with that state
	 */
	public InstanceDescription with(@Nullable ProbeState state) {
		return (state != null) ? new InstanceDescription(this.address, this.weight, this.state, this.cause, this.reason,
				this.ejections, this.since, this.until, this.used, this.omitted, this.inFlight, this.latencyMillis,
				this.failureRate, word(state.verdict()), state.lastResult(), this.lastFailure) : this;
	}

	private InstanceDescription with(@Nullable Failure failure) {
		return (failure != null) ? new InstanceDescription(this.address, this.weight, this.state, this.cause,
				this.reason, this.ejections, this.since, this.until, this.used, this.omitted, this.inFlight,
				this.latencyMillis, this.failureRate, this.probe, this.probeResult, failure) : this;
	}

	/**
	 * Returns whether calls go to the instance.
	 * @return true if it is in use, even if it gets only a part of its share of calls
	 */
	public boolean takesCalls() {
		return this.used != null || this.state.equals("live") || this.state.equals("slow-start");
	}

	static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static @Nullable Instant millis(@Nullable Instant time) {
		return (time != null) ? time.truncatedTo(ChronoUnit.MILLIS) : null;
	}

	private static double rounded(double value) {
		return Math.round(value * THOUSAND) / THOUSAND;
	}

	/**
	 * A failure of an attempt.
	 *
	 * @param what the failure in words, without anything that the instance has sent
	 * @param result how the attempt ended, as in the meter of attempts
	 * @param at when the attempt ended
	 * @param secondsAgo the seconds since the attempt ended
	 */
	public record Failure(String what, String result, Instant at, long secondsAgo) {

		static Failure of(LastFailure failure, long now, LongFunction<Instant> instant) {
			return new Failure(failure.what(), word(failure.outcome()),
					instant.apply(failure.at()).truncatedTo(ChronoUnit.MILLIS),
					Math.max(0, TimeUnit.NANOSECONDS.toSeconds(now - failure.at())));
		}

	}

}
