package io.eas.client.call;

import java.time.Duration;

import io.eas.client.EasException.Attempt;
import io.eas.client.EasTimeoutException;
import io.eas.settings.Assert;
import org.jspecify.annotations.Nullable;

/**
 * How long one call may take. Immutable.
 *
 * @param call from the subscription to the answer, of a stream to its first event, with
 * all attempts
 * @param response for how long an instance may send nothing
 * @param firstEvent how long an attempt may take to the first event of a stream, from
 * when the request is out; of other calls the same as the response
 * @param nextEvent for how long a stream may give no further event while one is wanted
 * @param stream from the subscription to the end of a stream
 */
record TimeLimits(Duration call, Duration response, Duration firstEvent, Duration nextEvent, Duration stream) {

	/** Any limit that is longer counts as this one. */
	static final Duration LONGEST = Duration.ofDays(365);

	/** A duration in nanoseconds, at most the longest. */
	static long nanos(Duration duration) {
		return ((duration.compareTo(LONGEST) < 0) ? duration : LONGEST).toNanos();
	}

	/**
	 * A limit other than that of the whole call is over.
	 * @param where the attempt
	 * @param what has come too late
	 * @param limit how long it may take
	 * @param property the setting under {@code http}, which the call may say itself
	 * @param deadline whether it is that of a whole stream
	 */
	static EasTimeoutException exceeded(Attempt where, String what, Duration limit, String property, boolean deadline) {
		return new EasTimeoutException(where, what + " within " + limit.toMillis() + " ms (http." + property + ")",
				null, deadline);
	}

	/**
	 * What a caller says of one call. Not thread-safe.
	 */
	static final class Requested {

		private @Nullable Duration call;

		private @Nullable Duration response;

		private @Nullable Duration firstEvent;

		private @Nullable Duration nextEvent;

		private @Nullable Duration stream;

		void call(Duration timeout) {
			this.call = positive(timeout);
		}

		void response(Duration timeout) {
			this.response = positive(timeout);
		}

		void firstEvent(Duration timeout) {
			this.firstEvent = positive(timeout);
		}

		void nextEvent(Duration timeout) {
			this.nextEvent = positive(timeout);
		}

		void stream(Duration timeout) {
			this.stream = positive(timeout);
		}

		/** What is longer than a year, such as {@code ChronoUnit.FOREVER}, is a year. */
		private static Duration positive(Duration timeout) {
			if (Assert.notNull("timeout", timeout).isNegative() || timeout.isZero()) {
				throw new IllegalArgumentException("A timeout must be more than 0, was " + timeout);
			}
			return shorter(timeout, LONGEST);
		}

		/** The limits of a call whose answer is taken as a whole. */
		TimeLimits ofCall(HttpSettings settings) {
			Duration attempt = first(this.response, settings.responseTimeout());
			return new TimeLimits(call(settings, attempt, this.response != null), attempt, attempt, LONGEST, LONGEST);
		}

		/** The limits of a call whose answer is taken while it comes. */
		TimeLimits ofStream(HttpSettings settings) {
			Duration attempt = first(this.firstEvent, first(this.response, settings.firstEventTimeout()));
			Duration whole = first(this.stream, settings.streamTimeout());
			boolean own = this.firstEvent != null || this.response != null;
			return new TimeLimits(shorter(call(settings, attempt, own), whole),
					first(this.response, settings.responseTimeout()), attempt,
					first(this.nextEvent, first(this.response, settings.nextEventTimeout())), whole);
		}

		/** A limit of an attempt that the call says itself makes room for itself. */
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
