package io.eas.benchmarks.scale;

import java.util.List;

import io.eas.benchmarks.report.Numbers;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;

/**
 * Measures many instances in one service.
 *
 * @param instances the number of instances
 * @param rounds the number of rounds
 * @param warmUps the number of polls before the first round, after which code is compiled
 * as after some hours of regular polling
 * @param polls the number of polls per round
 * @param calls the number of calls per round
 */
record InstanceScale(int instances, int rounds, int warmUps, int polls, int calls) {

	private static final int FEW = 3;

	private static final int WARM_UPS = 3;

	void report(Report report) {
		polls(report);
		calls(report);
	}

	private void polls(Report report) {
		Listing listing = new Listing(this.instances);
		List<PollCase> cases = List.of(new PollCase("unchanged", listing.of(0), listing.of(0)),
				new PollCase("one replaced", listing.of(0), listing.with(0, this.instances / 2)),
				new PollCase("all replaced", listing.of(1), listing.of(2)));
		cases.forEach((each) -> each.warmUp(this.warmUps));
		for (int round = 0; round < this.rounds; round++) {
			cases.forEach((each) -> each.measure(this.polls));
		}
		Table table = new Table("list", "JSON ms", "instances ms", "taking the list ms", "picker ms",
				"picker over reading", "picker over JSON");
		cases.forEach((each) -> table.row(each.row()));
		report.table("A poll of " + Numbers.shown((long) this.instances) + " instances", table);
		report.targets(cases.stream()
			.map((each) -> Target.costAtMost("poll, " + each.name() + ": picker over reading the answer",
					each.pickerOverReading().median(), 0.1))
			.toList());
	}

	private void calls(Report report) {
		KnownInstances few = new KnownInstances(FEW);
		KnownInstances many = new KnownInstances(this.instances);
		for (int round = 0; round < WARM_UPS; round++) {
			few.measure(this.calls);
			many.measure(this.calls);
		}
		few.forget();
		many.forget();
		for (int round = 0; round < this.rounds; round++) {
			few.measure(this.calls);
			many.measure(this.calls);
		}
		Table table = new Table("instances known", "heap KiB", "bytes each", "ns of a call", "over " + FEW);
		for (KnownInstances known : List.of(few, many)) {
			table.row(Numbers.shown((long) known.count()), Numbers.shown(known.bytes() / 1024.0),
					Numbers.shown((double) known.bytes() / known.count()), known.nanos(), known.over(few));
		}
		report.table("What known instances cost: memory, and the time that a call's pick and notes take", table);
	}

}
