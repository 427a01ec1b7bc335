package io.eas.benchmarks.bodies;

import java.util.concurrent.atomic.LongAdder;

import reactor.core.publisher.Mono;

/**
 * The kinds of transfers, by size and direction.
 */
enum Transfer {

	UP_1("1 MB up", Way.UP, 1),

	UP_16("16 MB up", Way.UP, 16),

	DOWN_1("1 MB down", Way.DOWN, 1),

	DOWN_16("16 MB down", Way.DOWN, 16),

	STREAM("stream of 64 MB", Way.STREAM, 64);

	static final int MEGABYTE = 1 << 20;

	private final String label;

	private final Way way;

	private final int megabytes;

	Transfer(String label, Way way, int megabytes) {
		this.label = label;
		this.way = way;
		this.megabytes = megabytes;
	}

	/** Returns whether a variant supports this transfer. */
	boolean suits(BodyVariant variant) {
		return this.way != Way.STREAM || variant.streams();
	}

	/**
	 * Carries out the transfer once per subscription.
	 * @param path the way to carry the bytes
	 * @param carried counts the bytes: for streams as they arrive, otherwise at the end
	 * @return whether all bytes arrived
	 */
	Mono<Boolean> over(BodyPath path, LongAdder carried) {
		long bytes = (long) this.megabytes * MEGABYTE;
		return switch (this.way) {
			case UP -> path.up(new byte[(int) bytes]).doOnNext(carried::add).map((count) -> count == bytes);
			case DOWN -> path.down(BodyServer.BYTES, bytes).doOnNext(carried::add).map((count) -> count == bytes);
			case STREAM ->
				path.stream(bytes).doOnNext(carried::add).reduce(0L, Long::sum).map((count) -> count == bytes);
		};
	}

	@Override
	public String toString() {
		return this.label;
	}

	private enum Way {

		UP, DOWN, STREAM

	}

}
