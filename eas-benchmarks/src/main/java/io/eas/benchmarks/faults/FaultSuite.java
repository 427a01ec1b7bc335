package io.eas.benchmarks.faults;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.eas.benchmarks.clients.Client;
import io.eas.benchmarks.clients.EasCaller;
import io.eas.benchmarks.clients.Peer;
import io.eas.benchmarks.clients.Way;
import io.eas.benchmarks.instances.EchoProcess;
import io.eas.benchmarks.instances.LocalService;
import io.eas.benchmarks.report.Report;

/**
 * Runs fault cases one after the other. Blocks.
 *
 * @param windows the durations of the phases of a case
 * @param callers the number of concurrent calls
 * @param work the processing time of a request in an instance
 * @param peers the peers to measure with the same faults
 * @param ways the other clients of an alias, measured only with a killed and a frozen
 * instance
 * @param progress receives a line at the beginning of each case
 */
record FaultSuite(Windows windows, int callers, Duration work, List<Peer> peers, List<Way> ways, PrintWriter progress) {

	private static final String US = "EasClient";

	void processes(List<ProcessCase> cases, Limit limit, Report report) {
		FaultTable table = new FaultTable(limit.toString());
		for (ProcessCase each : cases) {
			List<EchoProcess> instances = EchoProcess.start(each.instances(limit, this.work));
			try {
				with(this.windows.outlastingSilence()).processes(each, limit, instances, table);
			}
			finally {
				instances.forEach(EchoProcess::close);
			}
		}
		table.print("Three processes, some at fault, discovery unaware; the limit is the " + limit, report);
	}

	private void processes(ProcessCase each, Limit limit, List<EchoProcess> instances, FaultTable table) {
		List<String> addresses = instances.stream().map(EchoProcess::address).toList();
		Fault fault = each.fault(instances);
		double left = limit.left(ProcessCase.INSTANCES, each.out());
		String what = each.name() + " (" + limit + ")";
		Observation seen = run(what, fault, Duration.ZERO,
				() -> EasCaller.of(addresses, this.windows.timeouts(), each.properties()));
		table.row(each.name(), each.what(), US, seen);
		table.demand(what, seen, each.demand(), left);
		for (Way way : each.ways() ? this.ways : List.<Way>of()) {
			String who = what + ", " + way;
			Observation other = run(who, fault, Duration.ZERO,
					() -> way.start(addresses, this.windows.timeouts(), each.properties()));
			table.row(each.name(), "", way.toString(), other);
			table.demand(who, other, each.demand(), left);
		}
		for (Peer peer : each.peers() ? this.peers : List.<Peer>of()) {
			table.row(each.name(), "", peer.toString(), run(what + ", " + peer, fault, Duration.ZERO,
					() -> peer.start(addresses, this.windows.timeouts())));
		}
	}

	private FaultSuite with(Windows other) {
		return new FaultSuite(other, this.callers, this.work, this.peers, this.ways, this.progress);
	}

	void local(List<LocalCase> cases, Report report) {
		FaultTable table = new FaultTable("local");
		for (LocalCase each : cases) {
			try (LocalService local = new LocalService(each.weights(), this.work)) {
				FaultSuite suite = each.demand().retriesAreLimited() ? with(this.windows.overTheBudget()) : this;
				Observation seen = suite.run(each.name(), each.fault(local), each.demand().lead(this.windows.lead()),
						() -> EasCaller.of(local.eas().endpoint(), each.interval(), this.windows.timeouts(),
								List.of()));
				table.row(each.name(), each.what(), US, seen);
				table.demand(each.name(), seen, each.demand(), 1);
			}
		}
		table.print("The local EAS with three instances", report);
	}

	private Observation run(String what, Fault fault, Duration lead, Supplier<Client> start) {
		this.progress.println(what);
		this.progress.flush();
		try (Client client = start.get()) {
			return new Trial(client, this.callers, this.windows).run(fault, lead);
		}
	}

}
