package io.eas.benchmarks.bodies;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * A way to send large bodies to an instance and to receive them. All publishers are cold;
 * cancelling a subscription ends its exchange. Thread-safe.
 */
interface BodyPath extends AutoCloseable {

	/**
	 * Sends a body.
	 * @return the number of bytes that the instance reports as received
	 */
	Mono<Long> up(byte[] body);

	/**
	 * Receives a body completely in memory.
	 * @param query the query parameter, {@link BodyServer#BYTES} or
	 * {@link BodyServer#STREAM}
	 * @param bytes the number of bytes
	 * @return the number of bytes received
	 */
	Mono<Long> down(String query, long bytes);

	/**
	 * Receives a body as a stream.
	 * @param bytes the number of bytes
	 * @return the size of each piece; the pieces themselves are released
	 * @throws UnsupportedOperationException if streams are not supported
	 */
	default Flux<Integer> stream(long bytes) {
		throw new UnsupportedOperationException("it gives answers as a whole");
	}

	/** Releases a piece of a stream and returns its size. */
	static int taken(DataBuffer piece) {
		int count = piece.readableByteCount();
		DataBufferUtils.release(piece);
		return count;
	}

	@Override
	void close();

}
