package io.eas.properties;

import java.time.Duration;
import java.util.function.Consumer;

import io.eas.client.codec.RequestCompression;
import io.eas.client.request.HttpSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Properties of HTTP connections, timeouts and limits.
 *
 * @param connectTimeout Maximum time of an attempt to connect to an instance, including
 * the TLS handshake.
 * @param responseTimeout Maximum time that an attempt waits for the instance to send
 * data.
 * @param requestTimeout Maximum duration of a call including its retries, or of a stream
 * until its first event. By default 10s, or twice the response timeout if that is longer.
 * @param firstEventTimeout Maximum time of an attempt until the first event of a stream.
 * By default the response timeout.
 * @param nextEventTimeout Maximum time between two events of a stream while the
 * subscriber requests one. By default the response timeout.
 * @param streamTimeout Maximum time from the start of a call to the end of its stream. By
 * default there is no limit.
 * @param maxConnectionsPerInstance Maximum number of connections to one instance.
 * @param pendingAcquireTimeout Maximum time that an attempt waits for a free connection.
 * @param maxIdleTime Time after which an idle connection is closed.
 * @param maxLifeTime Time after which a connection is no longer used for new requests.
 * @param maxInMemorySize Maximum size of a response body.
 * @param maxHeaderSize Maximum size of the headers of a response.
 * @param requestCompression Compression of request bodies, which must match
 * metadata.rpc.decompressor of the service.
 * @param requestIdHeader Header in which each call sends a request ID, such as
 * X-Request-Id. By default calls send none.
 * @param attemptHeader Header in which each attempt sends its number, such as
 * X-Attempt-Count. By default attempts send none.
 * @param ssl TLS of connections to an https endpoint.
 */
public record HttpProperties(@DefaultValue("500ms") Duration connectTimeout,
		@DefaultValue("5s") Duration responseTimeout, @Nullable Duration requestTimeout,
		@Nullable Duration firstEventTimeout, @Nullable Duration nextEventTimeout, @Nullable Duration streamTimeout,
		@DefaultValue("100") int maxConnectionsPerInstance, @DefaultValue("1s") Duration pendingAcquireTimeout,
		@DefaultValue("25s") Duration maxIdleTime, @DefaultValue("5m") Duration maxLifeTime,
		@DefaultValue("16MB") DataSize maxInMemorySize, @DefaultValue("8KB") DataSize maxHeaderSize,
		@DefaultValue("none") RequestCompression requestCompression, @Nullable String requestIdHeader,
		@Nullable String attemptHeader, @DefaultValue Ssl ssl) {

	/**
	 * Converts the properties to the settings of the client.
	 * @param more adds the settings of the application's beans
	 */
	HttpSettings settings(Consumer<HttpSettings.Builder> more) {
		HttpSettings.Builder builder = HttpSettings.builder()
			.connectTimeout(this.connectTimeout)
			.responseTimeout(this.responseTimeout)
			.requestTimeout(this.requestTimeout)
			.firstEventTimeout(this.firstEventTimeout)
			.nextEventTimeout(this.nextEventTimeout)
			.streamTimeout(this.streamTimeout)
			.maxConnectionsPerInstance(this.maxConnectionsPerInstance)
			.pendingAcquireTimeout(this.pendingAcquireTimeout)
			.maxIdleTime(this.maxIdleTime)
			.maxLifeTime(this.maxLifeTime)
			.maxInMemorySize(this.maxInMemorySize)
			.maxHeaderSize(this.maxHeaderSize)
			.requestCompression(this.requestCompression)
			.requestIdHeader(StringUtils.hasText(this.requestIdHeader) ? this.requestIdHeader : null)
			.attemptHeader(StringUtils.hasText(this.attemptHeader) ? this.attemptHeader : null);
		more.accept(builder);
		return builder.build();
	}

	/** See {@link EasServiceProperties#refreshed}. */
	HttpProperties refreshed(HttpProperties newest) {
		return new HttpProperties(this.connectTimeout, this.responseTimeout, newest.requestTimeout,
				newest.firstEventTimeout, newest.nextEventTimeout, newest.streamTimeout, this.maxConnectionsPerInstance,
				this.pendingAcquireTimeout, this.maxIdleTime, this.maxLifeTime, this.maxInMemorySize,
				this.maxHeaderSize, this.requestCompression, this.requestIdHeader, this.attemptHeader, this.ssl);
	}

	/**
	 * Properties of TLS.
	 *
	 * @param bundle Name of the SSL bundle with the trusted certificates and, if the
	 * server asks for one, the certificate of this client. By default the bundle that
	 * spring.http.clients.ssl.bundle names.
	 */
	public record Ssl(@Nullable String bundle) {

	}

}
