package io.eas.properties;

import java.time.Duration;

import io.eas.client.call.HttpSettings;
import io.eas.client.codec.RequestCompression;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How calls use the network.
 *
 * @param connectTimeout Time to connect to an instance, over TLS with the handshake, per
 * attempt.
 * @param responseTimeout Time an attempt waits for the instance to send something.
 * @param requestTimeout Time of the whole call with its retries. By default 10s, or twice
 * the response timeout if that is longer.
 * @param firstEventTimeout Time an attempt may take to the first event of a stream. By
 * default the response timeout.
 * @param nextEventTimeout Time between two events of a stream, while one is wanted. By
 * default the response timeout.
 * @param streamTimeout Time from the call to the end of a stream. Not limited by default.
 * @param maxConnectionsPerInstance Most connections to one instance.
 * @param pendingAcquireTimeout Time an attempt waits for a free connection.
 * @param maxIdleTime Time after which unused connections are closed.
 * @param maxLifeTime Time after which connections are not used again.
 * @param maxInMemorySize Largest answer.
 * @param maxHeaderSize Largest headers of an answer.
 * @param requestCompression Compression of request bodies, which the service's
 * metadata.rpc.decompressor must name too.
 */
public record HttpProperties(@DefaultValue("500ms") Duration connectTimeout,
		@DefaultValue("5s") Duration responseTimeout, @Nullable Duration requestTimeout,
		@Nullable Duration firstEventTimeout, @Nullable Duration nextEventTimeout, @Nullable Duration streamTimeout,
		@DefaultValue("100") int maxConnectionsPerInstance, @DefaultValue("1s") Duration pendingAcquireTimeout,
		@DefaultValue("25s") Duration maxIdleTime, @DefaultValue("5m") Duration maxLifeTime,
		@DefaultValue("16MB") DataSize maxInMemorySize, @DefaultValue("8KB") DataSize maxHeaderSize,
		@DefaultValue("none") RequestCompression requestCompression) {

	HttpSettings settings() {
		return HttpSettings.builder()
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
			.build();
	}

}
