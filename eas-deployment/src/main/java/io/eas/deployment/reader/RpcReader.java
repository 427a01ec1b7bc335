package io.eas.deployment.reader;

import java.util.Set;

import io.eas.deployment.model.Rpc;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code metadata.rpc}.
 */
final class RpcReader {

	/**
	 * All keys that are components of {@link Rpc}.
	 */
	static final Set<String> KEYS = Set.of("keepalive", "io_threads", "worker_threads", "max_queue_size", "rate_limit",
			"batching", "max_batch_size", "max_batch_timeout", "enable_sigterm", "decompressor");

	private RpcReader() {
	}

	static @Nullable Rpc read(@Nullable ObjectKeys keys) {
		if (keys == null) {
			return null;
		}
		return new Rpc(keys.number("keepalive"), keys.number("io_threads"), keys.number("worker_threads"),
				keys.number("max_queue_size"), keys.number("rate_limit"), keys.truth("batching"),
				keys.number("max_batch_size"), keys.number("max_batch_timeout"), keys.truth("enable_sigterm"),
				keys.text("decompressor"), keys.others());
	}

}
