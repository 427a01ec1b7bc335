package io.eas.client.request;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.eas.client.codec.RequestCompression;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

import org.springframework.util.unit.DataSize;

/**
 * HTTP settings for calls.
 *
 * @param connectTimeout the limit for establishing a connection, including its TLS
 * handshake; 1ms to 1m, 500ms by default
 * @param responseTimeout how long an attempt waits for data from the instance; 1ms to 1h,
 * 5s by default
 * @param requestTimeout the limit for a whole call with its retries; for a stream, it
 * applies until the first event; 1ms to 2h. By default it is null, which means 10s or
 * twice the limit of an attempt, whichever is longer
 * @param firstEventTimeout how long an attempt waits for the first event of a stream
 * after the request has been sent; 1ms to 1h, by default the response timeout
 * @param nextEventTimeout the limit between two events of a stream while an event is
 * requested; 1ms to 1h, by default the response timeout
 * @param streamTimeout the limit from the start of a call to the end of its stream; 1ms
 * to 365d, which is the default
 * @param maxConnectionsPerInstance the maximum number of connections to one instance; 1
 * to 10000, 100 by default
 * @param pendingAcquireTimeout how long a call waits for a free connection; 1ms to 1m, 1s
 * by default
 * @param maxIdleTime how long an unused connection is kept open; 1s to 1h, 25s by default
 * @param maxLifeTime the age after which a connection is not reused; 1s to 1d, 5m by
 * default
 * @param maxInMemorySize the maximum size of a response body; 1KB to 1GB, 16MB by default
 * @param maxHeaderSize the maximum size of the headers of a response and, separately, of
 * its status line; 1KB to 1MB, 8KB by default
 * @param requestCompression how request bodies are compressed; uncompressed by default
 * @param requestIdHeader the header in which each call sends a request ID. By default it
 * is null; then only calls that set a request ID themselves send one
 * @param attemptHeader the header in which each attempt sends its number, starting at 1;
 * null, which is the default, if attempts don't send their number
 * @param sslContext supplies the TLS context of connections to an {@code https} endpoint,
 * for example with another certificate authority or a client certificate. It is called
 * for each connection, so that certificates can be replaced. By default it is null; then
 * the JVM's context is used
 * @param customizer changes the HTTP client of calls, discovery and health checks, or
 * null; see {@link Builder#customizer}
 */
public record HttpSettings(Duration connectTimeout, Duration responseTimeout, @Nullable Duration requestTimeout,
		Duration firstEventTimeout, Duration nextEventTimeout, Duration streamTimeout, int maxConnectionsPerInstance,
		Duration pendingAcquireTimeout, Duration maxIdleTime, Duration maxLifeTime, DataSize maxInMemorySize,
		DataSize maxHeaderSize, RequestCompression requestCompression, @Nullable String requestIdHeader,
		@Nullable String attemptHeader, @Nullable Supplier<SslContext> sslContext,
		@Nullable UnaryOperator<HttpClient> customizer) {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	/** The minimum of the default for the request timeout. */
	private static final Duration SHORTEST_DEFAULT = Duration.ofSeconds(10);

	/** The default settings. */
	public static final HttpSettings DEFAULTS = builder().build();

	/**
	 * Checks each value.
	 * @throws InvalidSettingException if a value is out of range
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
		RequestIdentity.check(requestIdHeader, attemptHeader);
	}

	/**
	 * Returns these settings with some time limits of other settings: those that concern
	 * calls, not connections, and can therefore change while the service is used.
	 * @param calls the other settings
	 * @return settings with the request timeout and the timeouts of streams of the other
	 * settings
	 */
	public HttpSettings withCallsOf(HttpSettings calls) {
		return new HttpSettings(this.connectTimeout, this.responseTimeout, calls.requestTimeout,
				calls.firstEventTimeout, calls.nextEventTimeout, calls.streamTimeout, this.maxConnectionsPerInstance,
				this.pendingAcquireTimeout, this.maxIdleTime, this.maxLifeTime, this.maxInMemorySize,
				this.maxHeaderSize, this.requestCompression, this.requestIdHeader, this.attemptHeader, this.sslContext,
				this.customizer);
	}

	/**
	 * Returns the limit for a whole call.
	 * @return the request timeout, retries included
	 */
	public Duration callTimeout() {
		return callTimeout(this.responseTimeout);
	}

	/**
	 * Returns the limit for a whole call whose attempts have the given limit.
	 * @param attempt the limit of one attempt
	 * @return the request timeout; by default enough for two attempts
	 */
	public Duration callTimeout(Duration attempt) {
		return (this.requestTimeout != null) ? this.requestTimeout : roomFor(attempt);
	}

	/** Returns a limit for a whole call that is enough for two attempts. */
	private static Duration roomFor(Duration attempt) {
		Duration twice = attempt.plus(attempt);
		return (twice.compareTo(SHORTEST_DEFAULT) > 0) ? twice : SHORTEST_DEFAULT;
	}

	/**
	 * Returns how long transmitted data may stay unacknowledged by the operating system
	 * of the instance. A slow model doesn't delay acknowledgements, but lost packets do.
	 * @return twice the connect timeout, but at most half of the response timeout. It is
	 * at least the connect timeout and at least one second, because a packet is sent
	 * three times within one second
	 */
	public Duration acknowledgeTimeout() {
		Duration twice = this.connectTimeout.multipliedBy(2);
		Duration half = this.responseTimeout.dividedBy(2);
		Duration limit = (twice.compareTo(half) < 0) ? twice : half;
		Duration least = (this.connectTimeout.compareTo(SECOND) > 0) ? this.connectTimeout : SECOND;
		return (limit.compareTo(least) > 0) ? limit : least;
	}

	/**
	 * Returns a builder.
	 * @return a builder with the default settings
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builder of HTTP settings, which are checked by {@link #build}. Not thread-safe.
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

		private @Nullable String requestIdHeader;

		private @Nullable String attemptHeader;

		private @Nullable Supplier<SslContext> sslContext;

		private @Nullable UnaryOperator<HttpClient> customizer;

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

		/** See {@link HttpSettings#requestIdHeader}. */
		public Builder requestIdHeader(@Nullable String requestIdHeader) {
			this.requestIdHeader = requestIdHeader;
			return this;
		}

		/** See {@link HttpSettings#attemptHeader}. */
		public Builder attemptHeader(@Nullable String attemptHeader) {
			this.attemptHeader = attemptHeader;
			return this;
		}

		/** See {@link HttpSettings#sslContext}. */
		public Builder sslContext(@Nullable Supplier<SslContext> sslContext) {
			this.sslContext = sslContext;
			return this;
		}

		/**
		 * Adds a customizer of Reactor Netty's HTTP client. It is called for each
		 * instance and for discovery, before the settings of this client are applied;
		 * therefore it can't change timeouts, event loops, redirects and addresses. A
		 * customizer that changes the connection pool, the protocol, the base URL or the
		 * decompression is refused when the client is built.
		 * @param customizer returns the client to use
		 * @return this builder
		 */
		public Builder customizer(UnaryOperator<HttpClient> customizer) {
			Assert.notNull("customizer", customizer);
			UnaryOperator<HttpClient> earlier = this.customizer;
			this.customizer = (earlier != null) ? (client) -> customizer.apply(earlier.apply(client)) : customizer;
			return this;
		}

		/**
		 * Returns the settings.
		 * @return the settings with the current values
		 * @throws InvalidSettingException if a value is out of range
		 */
		public HttpSettings build() {
			return new HttpSettings(this.connectTimeout, this.responseTimeout, this.requestTimeout,
					first(this.firstEventTimeout, this.responseTimeout),
					first(this.nextEventTimeout, this.responseTimeout), first(this.streamTimeout, TimeLimits.LONGEST),
					this.maxConnectionsPerInstance, this.pendingAcquireTimeout, this.maxIdleTime, this.maxLifeTime,
					this.maxInMemorySize, this.maxHeaderSize, this.requestCompression, this.requestIdHeader,
					this.attemptHeader, this.sslContext, this.customizer);
		}

		private static Duration first(@Nullable Duration said, Duration otherwise) {
			return (said != null) ? said : otherwise;
		}

	}

}
