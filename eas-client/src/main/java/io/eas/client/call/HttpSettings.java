package io.eas.client.call;

import java.time.Duration;

import io.eas.client.codec.RequestCompression;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * How calls use the network.
 *
 * @param connectTimeout to establish a connection, with its TLS handshake; 1ms to 1m,
 * 500ms by default
 * @param responseTimeout an attempt's wait for the instance to send something; 1ms to 1h,
 * 5s by default
 * @param requestTimeout the whole call with its retries, of a stream until its first
 * event; 1ms to 2h, or null for 10s or twice the time of an attempt if that is longer
 * @param firstEventTimeout an attempt's time to the first event of a stream, from when
 * its request is out; 1ms to 1h, by default the response timeout
 * @param nextEventTimeout a stream's time between two events, while one is wanted; 1ms to
 * 1h, by default the response timeout
 * @param streamTimeout a stream from its call to its end; 1ms to 365d, which is the
 * default
 * @param maxConnectionsPerInstance connections to one instance; 1 to 10000, 100 by
 * default
 * @param pendingAcquireTimeout the wait for a free one of them; 1ms to 1m, 1s by default
 * @param maxIdleTime after which an unused connection is closed; 1s to 1h, 25s by default
 * @param maxLifeTime after which a connection is not used again; 1s to 1d, 5m by default
 * @param maxInMemorySize the largest answer; 1KB to 1GB, 16MB by default
 * @param maxHeaderSize the largest head of an answer: its headers, and apart from them
 * its first line; 1KB to 1MB, 8KB by default
 * @param requestCompression how bodies of requests are compressed; not by default
 */
public record HttpSettings(Duration connectTimeout, Duration responseTimeout, @Nullable Duration requestTimeout,
		Duration firstEventTimeout, Duration nextEventTimeout, Duration streamTimeout, int maxConnectionsPerInstance,
		Duration pendingAcquireTimeout, Duration maxIdleTime, Duration maxLifeTime, DataSize maxInMemorySize,
		DataSize maxHeaderSize, RequestCompression requestCompression) {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	/** What the whole call has by default, at least. */
	private static final Duration SHORTEST_DEFAULT = Duration.ofSeconds(10);

	/** What holds where nothing is configured. */
	public static final HttpSettings DEFAULTS = builder().build();

	/**
	 * Checks each value.
	 * @throws InvalidSettingException if one is out of range
	 */
	public HttpSettings {
		Assert.between("connect-timeout", connectTimeout, SHORTEST, Duration.ofMinutes(1));
		Assert.between("response-timeout", responseTimeout, SHORTEST, Duration.ofHours(1));
		if (requestTimeout != null) {
			Assert.between("request-timeout", requestTimeout, SHORTEST, Duration.ofHours(2));
		}
		Assert.between("first-event-timeout", firstEventTimeout, SHORTEST, Duration.ofHours(1));
		Assert.between("next-event-timeout", nextEventTimeout, SHORTEST, Duration.ofHours(1));
		Assert.between("stream-timeout", streamTimeout, SHORTEST, TimeLimits.LONGEST);
		Assert.between("max-connections-per-instance", maxConnectionsPerInstance, 1, 10_000);
		Assert.between("pending-acquire-timeout", pendingAcquireTimeout, SHORTEST, Duration.ofMinutes(1));
		Assert.between("max-idle-time", maxIdleTime, Duration.ofSeconds(1), Duration.ofHours(1));
		Assert.between("max-life-time", maxLifeTime, Duration.ofSeconds(1), Duration.ofDays(1));
		Assert.between("max-in-memory-size", maxInMemorySize, DataSize.ofKilobytes(1), DataSize.ofGigabytes(1));
		Assert.between("max-header-size", maxHeaderSize, DataSize.ofKilobytes(1), DataSize.ofMegabytes(1));
	}

	/**
	 * The time of a whole call.
	 * @return with its retries
	 */
	public Duration callTimeout() {
		return callTimeout(this.responseTimeout);
	}

	/**
	 * The time of a whole call.
	 * @param attempt of one attempt
	 * @return the request timeout, or by default what has room for two attempts
	 */
	Duration callTimeout(Duration attempt) {
		return (this.requestTimeout != null) ? this.requestTimeout : roomFor(attempt);
	}

	/** The time of a whole call in which there is room for two attempts. */
	private static Duration roomFor(Duration attempt) {
		Duration twice = attempt.plus(attempt);
		return (twice.compareTo(SHORTEST_DEFAULT) > 0) ? twice : SHORTEST_DEFAULT;
	}

	/**
	 * For how long an instance's system may leave data unacknowledged, as it does while
	 * packets get lost and not while a model takes its time.
	 * @return twice the connect timeout, but no more than half of the response timeout,
	 * and at least a second, in which a packet is sent three times, and the connect
	 * timeout
	 */
	Duration acknowledgeTimeout() {
		Duration twice = this.connectTimeout.multipliedBy(2);
		Duration half = this.responseTimeout.dividedBy(2);
		Duration limit = (twice.compareTo(half) < 0) ? twice : half;
		Duration least = (this.connectTimeout.compareTo(SECOND) > 0) ? this.connectTimeout : SECOND;
		return (limit.compareTo(least) > 0) ? limit : least;
	}

	/**
	 * Settings to be changed.
	 * @return with the defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Changes settings, which are checked once all are known. Not thread-safe.
	 */
	public static final class Builder {

		private Duration connectTimeout = Duration.ofMillis(500);

		private Duration responseTimeout = Duration.ofSeconds(5);

		private @Nullable Duration requestTimeout;

		private @Nullable Duration firstEventTimeout;

		private @Nullable Duration nextEventTimeout;

		private @Nullable Duration streamTimeout;

		private int maxConnectionsPerInstance = 100;

		private Duration pendingAcquireTimeout = Duration.ofSeconds(1);

		private Duration maxIdleTime = Duration.ofSeconds(25);

		private Duration maxLifeTime = Duration.ofMinutes(5);

		private DataSize maxInMemorySize = DataSize.ofMegabytes(16);

		private DataSize maxHeaderSize = DataSize.ofKilobytes(8);

		private RequestCompression requestCompression = RequestCompression.NONE;

		private Builder() {
		}

		/** See {@link HttpSettings#connectTimeout}. */
		public Builder connectTimeout(Duration connectTimeout) {
			this.connectTimeout = Assert.notNull("connectTimeout", connectTimeout);
			return this;
		}

		/** See {@link HttpSettings#responseTimeout}. */
		public Builder responseTimeout(Duration responseTimeout) {
			this.responseTimeout = Assert.notNull("responseTimeout", responseTimeout);
			return this;
		}

		/** See {@link HttpSettings#requestTimeout}. */
		public Builder requestTimeout(@Nullable Duration requestTimeout) {
			this.requestTimeout = requestTimeout;
			return this;
		}

		/** See {@link HttpSettings#firstEventTimeout}. */
		public Builder firstEventTimeout(@Nullable Duration firstEventTimeout) {
			this.firstEventTimeout = firstEventTimeout;
			return this;
		}

		/** See {@link HttpSettings#nextEventTimeout}. */
		public Builder nextEventTimeout(@Nullable Duration nextEventTimeout) {
			this.nextEventTimeout = nextEventTimeout;
			return this;
		}

		/** See {@link HttpSettings#streamTimeout}. */
		public Builder streamTimeout(@Nullable Duration streamTimeout) {
			this.streamTimeout = streamTimeout;
			return this;
		}

		/** See {@link HttpSettings#maxConnectionsPerInstance}. */
		public Builder maxConnectionsPerInstance(int maxConnectionsPerInstance) {
			this.maxConnectionsPerInstance = maxConnectionsPerInstance;
			return this;
		}

		/** See {@link HttpSettings#pendingAcquireTimeout}. */
		public Builder pendingAcquireTimeout(Duration pendingAcquireTimeout) {
			this.pendingAcquireTimeout = Assert.notNull("pendingAcquireTimeout", pendingAcquireTimeout);
			return this;
		}

		/** See {@link HttpSettings#maxIdleTime}. */
		public Builder maxIdleTime(Duration maxIdleTime) {
			this.maxIdleTime = Assert.notNull("maxIdleTime", maxIdleTime);
			return this;
		}

		/** See {@link HttpSettings#maxLifeTime}. */
		public Builder maxLifeTime(Duration maxLifeTime) {
			this.maxLifeTime = Assert.notNull("maxLifeTime", maxLifeTime);
			return this;
		}

		/** See {@link HttpSettings#maxInMemorySize}. */
		public Builder maxInMemorySize(DataSize maxInMemorySize) {
			this.maxInMemorySize = Assert.notNull("maxInMemorySize", maxInMemorySize);
			return this;
		}

		/** See {@link HttpSettings#maxHeaderSize}. */
		public Builder maxHeaderSize(DataSize maxHeaderSize) {
			this.maxHeaderSize = Assert.notNull("maxHeaderSize", maxHeaderSize);
			return this;
		}

		/** See {@link HttpSettings#requestCompression}. */
		public Builder requestCompression(RequestCompression requestCompression) {
			this.requestCompression = Assert.notNull("requestCompression", requestCompression);
			return this;
		}

		/**
		 * The settings.
		 * @return as they are now
		 * @throws InvalidSettingException if one can't be used
		 */
		public HttpSettings build() {
			return new HttpSettings(this.connectTimeout, this.responseTimeout, this.requestTimeout,
					first(this.firstEventTimeout, this.responseTimeout),
					first(this.nextEventTimeout, this.responseTimeout), first(this.streamTimeout, TimeLimits.LONGEST),
					this.maxConnectionsPerInstance, this.pendingAcquireTimeout, this.maxIdleTime, this.maxLifeTime,
					this.maxInMemorySize, this.maxHeaderSize, this.requestCompression);
		}

		private static Duration first(@Nullable Duration said, Duration otherwise) {
			return (said != null) ? said : otherwise;
		}

	}

}
