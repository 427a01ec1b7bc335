package io.eas.benchmarks.bodies;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * One way to carry large bodies to an instance and back. All publishers are cold;
 * cancelling ends the exchange. Thread-safe.
 */
interface BodyPath extends AutoCloseable {

	/**
	 * Sends a body.
	 * @return the number of bytes that the instance reports as received
	 */
	Mono<Long> up(byte[] body);

	/**
	 * Gets a body completely in memory.
	 * @param query the kind of body, as named by {@link BodyServer}
	 * @param bytes the number of bytes
	 * @return the number of bytes received
	 */
	Mono<Long> down(String query, long bytes);

	/**
	 * Gets a body as a stream.
	 * @param bytes the number of bytes
	 * @return the size of each piece, which is released after its size is passed on
	 * @throws UnsupportedOperationException if streams are not supported
	 */
	default Flux<Integer> stream(long bytes) {
		throw new UnsupportedOperationException("it gives answers as a whole");
	}

	/** Returns the size of a piece of a stream and releases the piece. */
	static int taken(DataBuffer piece) {
		int count = piece.readableByteCount();
		DataBufferUtils.release(piece);
		return count;
	}

	@Override
	void close();

}
