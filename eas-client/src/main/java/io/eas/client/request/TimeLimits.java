package io.eas.client.request;

import java.time.Duration;

import io.eas.client.EasException.Attempt;
import io.eas.client.EasTimeoutException;
import io.eas.settings.Assert;
import org.jspecify.annotations.Nullable;

/**
 * Time limits of one call. Immutable.
 *
 * @param call the limit for all attempts together, from the subscription to the response
 * or, for a stream, to its first event
 * @param response how long an instance may send nothing
 * @param firstEvent how long an attempt may wait for the first event of a stream after
 * the request has been sent; for other calls equal to {@code response}
 * @param nextEvent how long a stream may take to its next event while an event is
 * requested
 * @param stream the limit from the subscription to the end of a stream
 */
public record TimeLimits(Duration call, Duration response, Duration firstEvent, Duration nextEvent, Duration stream) {

	/** The maximum of a limit; a longer limit is reduced to it. */
	static final Duration LONGEST = Duration.ofDays(365);

	/** Returns a duration in nanoseconds, limited to {@link #LONGEST}. */
	public static long nanos(Duration duration) {
		return ((duration.compareTo(LONGEST) < 0) ? duration : LONGEST).toNanos();
	}

	/**
	 * Creates the failure for an exceeded limit other than that of the whole call.
	 * @param where the attempt
	 * @param what the event that has not happened in time
	 * @param limit the limit
	 * @param property the property below {@code http}; the call may override its value
	 * @param deadline whether the limit is that of a whole stream
	 */
	public static EasTimeoutException exceeded(Attempt where, String what, Duration limit, String property,
			boolean deadline) {
		return new EasTimeoutException(where, what + " within " + limit.toMillis() + " ms (http." + property + ")",
				null, deadline);
	}

	/**
	 * The limits that a caller sets for one call. Not thread-safe.
	 */
	public static final class Requested {

		private @Nullable Duration call;

		private @Nullable Duration response;

		private @Nullable Duration firstEvent;

		private @Nullable Duration nextEvent;

		private @Nullable Duration stream;

		public void call(Duration timeout) {
			this.call = positive(timeout);
		}

		public void response(Duration timeout) {
			this.response = positive(timeout);
		}

		public void firstEvent(Duration timeout) {
			this.firstEvent = positive(timeout);
		}

		public void nextEvent(Duration timeout) {
			this.nextEvent = positive(timeout);
		}

		public void stream(Duration timeout) {
			this.stream = positive(timeout);
		}

		/**
		 * Limits longer than a year, such as {@code ChronoUnit.FOREVER}, count as a year.
		 */
		private static Duration positive(Duration timeout) {
			if (Assert.notNull("timeout", timeout).isNegative() || timeout.isZero()) {
				throw new IllegalArgumentException("A timeout must be more than 0, was " + timeout);
			}
			return shorter(timeout, LONGEST);
		}

		/** Returns the limits of a call whose response is read as a whole. */
		public TimeLimits ofCall(HttpSettings settings) {
			Duration attempt = first(this.response, settings.responseTimeout());
			return new TimeLimits(call(settings, attempt, this.response != null), attempt, attempt, LONGEST, LONGEST);
		}

		/** Returns the limits of a call whose response is read as a stream. */
		public TimeLimits ofStream(HttpSettings settings) {
			Duration attempt = first(this.firstEvent, first(this.response, settings.firstEventTimeout()));
			Duration whole = first(this.stream, settings.streamTimeout());
			boolean own = this.firstEvent != null || this.response != null;
			return new TimeLimits(shorter(call(settings, attempt, own), whole),
					first(this.response, settings.responseTimeout()), attempt,
					first(this.nextEvent, first(this.response, settings.nextEventTimeout())), whole);
		}

		/**
		 * Returns the limit of the whole call. If the call sets the limit of an attempt
		 * itself, the default is at least twice that limit.
		 */
		private Duration call(HttpSettings settings, Duration attempt, boolean own) {
			if (this.call != null) {
				return this.call;
			}
			Duration configured = settings.callTimeout(attempt);
			Duration room = own ? attempt.plus(attempt) : configured;
			return (room.compareTo(configured) > 0) ? room : configured;
		}

		private static Duration first(@Nullable Duration said, Duration otherwise) {
			return (said != null) ? said : otherwise;
		}

		private static Duration shorter(Duration one, Duration other) {
			return (one.compareTo(other) < 0) ? one : other;
		}

	}

}
