package io.eas.benchmarks.bodies;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * One way to carry large bodies to an instance and back. Everything is cold; cancelling
 * ends the exchange. Thread-safe.
 */
interface BodyPath extends AutoCloseable {

	/**
	 * Sends a body.
	 * @return how many bytes of it the instance says that it got
	 */
	Mono<Long> up(byte[] body);

	/**
	 * Gets a body, all of it in memory.
	 * @param query what is asked for, as {@link BodyServer} names it
	 * @param bytes how many
	 * @return how many came
	 */
	Mono<Long> down(String query, long bytes);

	/**
	 * Gets a body as it comes.
	 * @param bytes how many
	 * @return the size of each piece, which is released once that is passed on
	 * @throws UnsupportedOperationException if this can't be done
	 */
	default Flux<Integer> stream(long bytes) {
		throw new UnsupportedOperationException("it gives answers as a whole");
	}

	/** The size of a piece of a stream, which is released. */
	static int taken(DataBuffer piece) {
		int count = piece.readableByteCount();
		DataBufferUtils.release(piece);
		return count;
	}

	@Override
	void close();

}
