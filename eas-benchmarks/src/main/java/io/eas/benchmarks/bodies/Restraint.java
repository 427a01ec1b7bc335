package io.eas.benchmarks.bodies;

import java.util.List;

import io.eas.benchmarks.report.Numbers;
import io.eas.benchmarks.report.Target;

/**
 * How a variant dealt with more than its reader wanted.
 *
 * @param variant who
 * @param held how the slow reader fared
 * @param sent what the instance had sent by then
 * @param holding connections that were open then
 * @param left connections that stayed open once nobody wanted anything any more
 * @param leaks buffers that nobody has released
 */
record Restraint(BodyVariant variant, Held held, long sent, long holding, long left, long leaks) {

	/** What may lie between the two ends: the buffers of both and of the two sockets. */
	private static final double MOST_MEGABYTES = 32;

	/** The bytes that were sent and not read. */
	double ahead() {
		return megabytes(this.sent - this.held.read());
	}

	/** The memory that was taken, above what was in use before. */
	double above() {
		return megabytes(this.held.above());
	}

	private static double megabytes(long bytes) {
		return (double) bytes / Transfer.MEGABYTE;
	}

	/** What has to be reached. */
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
