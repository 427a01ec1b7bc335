package io.eas.client.call;

import java.time.Duration;

import io.eas.client.codec.RequestCompression;

/**
 * How calls use the network.
 *
 * @param connectTimeout to establish a connection, with its TLS handshake
 * @param responseTimeout an attempt's wait for the instance to send something
 * @param requestTimeout the whole call with its retries
 * @param maxConnectionsPerInstance connections to one instance
 * @param pendingAcquireTimeout the wait for a free one of them
 * @param maxIdleTime after which an unused connection is closed
 * @param maxLifeTime after which a connection is not used again
 * @param maxInMemorySize the largest answer, in bytes
 * @param maxHeaderSize the largest head of an answer, in bytes: its headers, and apart
 * from them its first line
 * @param requestCompression how bodies of requests are compressed
 */
public record HttpSettings(Duration connectTimeout, Duration responseTimeout, Duration requestTimeout,
		int maxConnectionsPerInstance, Duration pendingAcquireTimeout, Duration maxIdleTime, Duration maxLifeTime,
		int maxInMemorySize, int maxHeaderSize, RequestCompression requestCompression) {

}
