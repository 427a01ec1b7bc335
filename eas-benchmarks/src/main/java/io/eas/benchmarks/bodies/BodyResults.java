package io.eas.benchmarks.bodies;

import java.util.Set;

import io.eas.benchmarks.calls.Rounds;

/**
 * All samples, grouped by transfer. Not thread-safe.
 */
final class BodyResults extends Rounds<Transfer, BodyVariant, BodySample> {

	Set<Transfer> transfers() {
		return conditions();
	}

	long failed() {
		return sum(BodySample::failed);
	}

}
