package io.eas.benchmarks.bodies;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.eas.benchmarks.load.Pause;

/**
 * Offers each variant more data than its reader requests. Blocks.
 *
 * @param variants the variants to measure
 * @param enough the number of bytes after which a slow reader requests no more
 * @param halves the number of responses that are cancelled halfway
 */
record RestraintSuite(Set<BodyVariant> variants, long enough, int halves) {

	private static final int LOOKS = 50;

	private static final Duration LOOK_PACE = Duration.ofMillis(100);

	List<Restraint> run() {
		return this.variants.stream().filter(BodyVariant::streams).map(this::run).toList();
	}

	private Restraint run(BodyVariant variant) {
		try (BodyInstance instance = BodyInstance.start();
				BodyProcess process = BodyProcess.reading(variant, instance.address())) {
			process.awaitReady();
			Held held = process.hold(this.enough);
			long sent = instance.sent();
			long holding = instance.connections();
			process.cancel();
			long leaks = process.halves(this.halves);
			return new Restraint(variant, held, sent, holding, left(instance), leaks);
		}
	}

	/**
	 * Returns the number of connections left open. Waits up to 5 s, because the instance
	 * notices closed connections with a delay.
	 */
	private static long left(BodyInstance instance) {
		long open = instance.connections();
		for (int look = 0; look < LOOKS && open > 0; look++) {
			Pause.of(LOOK_PACE);
			open = instance.connections();
		}
		return open;
	}

}
