package io.eas.sample.app;

import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ResponseStatusException;

/**
 * Reads the body of a request as it was sent, whatever its type.
 * {@code @RequestBody byte[]} would refuse forms, which curl sends by default.
 */
final class RawBody {

	private static final int LIMIT = 16 << 20;

	private RawBody() {
	}

	/**
	 * Reads the body.
	 * @param request the request
	 * @return a cold publisher of the bytes, or of an empty array if there is no body;
	 * can be subscribed to only once
	 */
	static Mono<byte[]> of(ServerHttpRequest request) {
		return DataBufferUtils.join(request.getBody(), LIMIT)
			.map(RawBody::bytes)
			.defaultIfEmpty(new byte[0])
			.onErrorMap(DataBufferLimitException.class,
					(ex) -> new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, "the body is larger than 16 MB",
							ex));
	}

	private static byte[] bytes(DataBuffer buffer) {
		try {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			return bytes;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

}
