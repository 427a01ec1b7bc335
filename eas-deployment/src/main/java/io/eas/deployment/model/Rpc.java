package io.eas.deployment.model;

import org.jspecify.annotations.Nullable;

/**
 * The object {@code metadata.rpc}: how the engine of EAS takes requests. A component is
 * {@code null} if the file doesn't contain it; EAS then uses the default named here.
 *
 * @param keepalive the longest time of a request, in milliseconds
 * @param ioThreads the number of I/O threads; 4 by default
 * @param workerThreads the number of worker threads; 5 by default
 * @param maxQueueSize the number of requests that may wait at an instance before it
 * answers 450; 64 by default
 * @param rateLimit the limit in requests per second; 0 (the default) for no limit
 * @param batching whether requests are batched; {@code false} by default
 * @param maxBatchSize the most requests in a batch; 16 by default
 * @param maxBatchTimeout the longest time to wait for a batch, in milliseconds; 50 by
 * default
 * @param enableSigterm whether an instance gets SIGTERM before it ends; {@code false} by
 * default
 * @param decompressor how request bodies are compressed: {@code zlib}, {@code gzip},
 * {@code snappy}, {@code lz4} or {@code zstd}
 * @param other all other keys
 */
public record Rpc(@Nullable Integer keepalive, @Nullable Integer ioThreads, @Nullable Integer workerThreads,
		@Nullable Integer maxQueueSize, @Nullable Integer rateLimit, @Nullable Boolean batching,
		@Nullable Integer maxBatchSize, @Nullable Integer maxBatchTimeout, @Nullable Boolean enableSigterm,
		@Nullable String decompressor, OtherKeys other) {
}
