package io.eas.deployment.model;

import org.jspecify.annotations.Nullable;

/**
 * The object {@code metadata.rpc}: how the engine of EAS takes requests. What is
 * {@code null} was not said; EAS then takes the value named here.
 *
 * @param keepalive the longest a request may take, in ms
 * @param ioThreads 4
 * @param workerThreads 5
 * @param maxQueueSize how many requests wait at an instance before it answers 450; 64
 * @param rateLimit requests per second; 0: no limit
 * @param batching {@code false}
 * @param maxBatchSize 16
 * @param maxBatchTimeout in ms; 50
 * @param enableSigterm whether an instance gets SIGTERM before it ends; {@code false}
 * @param decompressor how request bodies are compressed: {@code zlib}, {@code gzip},
 * {@code snappy}, {@code lz4} or {@code zstd}
 * @param other all other keys
 */
public record Rpc(@Nullable Integer keepalive, @Nullable Integer ioThreads, @Nullable Integer workerThreads,
		@Nullable Integer maxQueueSize, @Nullable Integer rateLimit, @Nullable Boolean batching,
		@Nullable Integer maxBatchSize, @Nullable Integer maxBatchTimeout, @Nullable Boolean enableSigterm,
		@Nullable String decompressor, OtherKeys other) {
}
