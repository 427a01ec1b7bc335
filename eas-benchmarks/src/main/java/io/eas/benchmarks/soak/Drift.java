package io.eas.benchmarks.soak;

import java.util.List;
import java.util.function.ToLongFunction;

import io.eas.benchmarks.report.Target;

/**
 * The growth of a value from the first quarter of a run to the last.
 *
 * @param what the description of the value
 * @param first the median of the first quarter
 * @param last the median of the last quarter
 * @param allowance the growth up to which the value still counts as flat
 */
record Drift(String what, long first, long last, long allowance) {

	private static final int MEGABYTE = 1 << 20;

	private static final int QUARTERS = 4;

	/**
	 * Compares the first quarter of the footprints with the last.
	 * @param footprints at least four footprints, oldest first
	 * @return the growth of each value
	 */
	static List<Drift> of(List<Footprint> footprints) {
		return List.of(of("heap after collection, MB", footprints, (each) -> each.heap() / MEGABYTE, 3),
				of("direct memory, MB", footprints, (each) -> each.direct() / MEGABYTE, 8),
				of("open files", footprints, Footprint::files, 16), of("threads", footprints, Footprint::threads, 4),
				of("meters", footprints, Footprint::meters, 4));
	}

	private static Drift of(String what, List<Footprint> footprints, ToLongFunction<Footprint> value, long allowance) {
		int quarter = footprints.size() / QUARTERS;
		return new Drift(what, median(footprints.subList(0, quarter), value),
				median(footprints.subList(footprints.size() - quarter, footprints.size()), value), allowance);
	}

	private static long median(List<Footprint> footprints, ToLongFunction<Footprint> value) {
		return footprints.stream().mapToLong(value).sorted().toArray()[footprints.size() / 2];
	}

	Target target() {
		return Target.countAtMost(this.what + ", last quarter over first", this.last - this.first, this.allowance);
	}

}
