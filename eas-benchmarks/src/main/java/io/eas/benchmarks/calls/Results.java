package io.eas.benchmarks.calls;

import java.util.Set;

import io.eas.benchmarks.paths.Variant;

/**
 * All samples, grouped by number of callers. Not thread-safe.
 */
final class Results extends Rounds<Integer, Variant, Sample> {

	Set<Integer> callers() {
		return conditions();
	}

	long failed() {
		return sum(Sample::failed);
	}

}
