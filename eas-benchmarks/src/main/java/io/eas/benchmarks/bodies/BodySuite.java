package io.eas.benchmarks.bodies;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Measures variants in turn, in several rounds. Blocks.
 *
 * @param variants the variants to measure
 * @param transfers the transfers to measure
 * @param callers the number of concurrent callers
 * @param rounds the number of rounds
 * @param warmUp the warm-up time of each variant and transfer, once at the beginning
 * @param before the unmeasured time before each measurement
 * @param measured the time of each measurement
 */
record BodySuite(Set<BodyVariant> variants, Set<Transfer> transfers, int callers, int rounds, Duration warmUp,
		Duration before, Duration measured) {

	BodyResults run(PrintWriter progress) {
		try (BodyInstance instance = BodyInstance.start()) {
			List<BodyProcess> processes = new ArrayList<>();
			try {
				this.variants.forEach((variant) -> processes.add(BodyProcess.carrying(variant, instance.address())));
				processes.forEach(BodyProcess::awaitReady);
				return run(processes, progress);
			}
			finally {
				processes.forEach(BodyProcess::close);
			}
		}
	}

	private BodyResults run(List<BodyProcess> processes, PrintWriter progress) {
		BodyResults warmUps = new BodyResults();
		say(progress, "warm-up");
		this.transfers.forEach((transfer) -> measure(transfer, processes, Duration.ZERO, this.warmUp, warmUps));
		BodyResults results = new BodyResults();
		List<BodyProcess> order = new ArrayList<>(processes);
		for (int round = 1; round <= this.rounds; round++) {
			for (Transfer transfer : this.transfers) {
				say(progress, "round " + round + " of " + this.rounds + ": " + transfer);
				measure(transfer, order, this.before, this.measured, results);
			}
			// so that no variant always follows the same other variant
			Collections.shuffle(order, new Random(round));
		}
		return results;
	}

	private void measure(Transfer transfer, List<BodyProcess> order, Duration unmeasured, Duration time,
			BodyResults results) {
		order.stream()
			.filter((process) -> transfer.suits(process.variant()))
			.forEach((process) -> results.add(transfer, process.variant(),
					process.run(transfer, this.callers, unmeasured, time)));
	}

	private static void say(PrintWriter progress, String what) {
		progress.println(what);
		progress.flush();
	}

}
