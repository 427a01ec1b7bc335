package io.eas.benchmarks.bodies;

import java.util.List;

import io.eas.benchmarks.report.Numbers;
import io.eas.benchmarks.report.Target;

/**
 * The result of offering a variant more data than its reader requests.
 *
 * @param variant the variant
 * @param held the result of the slow reader
 * @param sent the number of bytes that the instance had sent while the stream was held
 * @param holding the number of connections open while the stream was held
 * @param left the number of connections that stayed open after all transfers were
 * cancelled
 * @param leaks the number of leaked buffers
 */
record Restraint(BodyVariant variant, Held held, long sent, long holding, long left, long leaks) {

	/**
	 * The largest allowed amount of data in transit, in megabytes: in the buffers of
	 * client, instance and both sockets.
	 */
	private static final double MOST_MEGABYTES = 32;

	/** Returns the bytes that were sent but not read, in megabytes. */
	double ahead() {
		return megabytes(this.sent - this.held.read());
	}

	/** Returns the peak growth of the memory in use, in megabytes. */
	double above() {
		return megabytes(this.held.above());
	}

	private static double megabytes(long bytes) {
		return (double) bytes / Transfer.MEGABYTE;
	}

	/** Returns the targets. */
	List<Target> targets() {
		String who = this.variant.label();
		return List.of(Target.atMost(who + ", slow reader: memory above before, MB", above(), MOST_MEGABYTES),
				Target.atMost(who + ", slow reader: sent over read, MB", ahead(), MOST_MEGABYTES),
				Target.countAtMost(who + ", cancelled: connections left open", this.left, 1),
				Target.countAtMost(who + ", cancelled: buffers not released", this.leaks, 0));
	}

	Object[] row() {
		return new Object[] { this.variant.label(), Numbers.shown(megabytes(this.held.read())),
				Numbers.shown(megabytes(this.sent)), Numbers.shown(above()), this.holding, this.left, this.leaks };
	}

}
