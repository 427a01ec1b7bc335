package io.eas.benchmarks.faults;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.eas.benchmarks.clients.Client;
import io.eas.benchmarks.clients.EasCaller;
import io.eas.benchmarks.instances.InstanceSettings;
import io.eas.benchmarks.instances.NetworkHost;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.ReportingCommand;
import io.eas.benchmarks.report.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The command that runs the suite of network faults.
 */
@Command(name = "network", sortOptions = false, showDefaultValues = true,
		description = "How faults of the network affect callers: hosts in network namespaces that are cut off, "
				+ "forgotten, replaced. Needs Linux, root and iproute2; says so and ends where they are missing.")
public final class NetworkCommand extends ReportingCommand {

	private static final int BACKLOG = 1024;

	@Option(names = "--cases", split = ",", paramLabel = "<name>", description = "The cases to run; all unless given.")
	private List<String> cases = List.of();

	@Option(names = "--callers", paramLabel = "<n>", defaultValue = "16", description = "Number of calls in flight.")
	private int callers;

	@Option(names = "--work-millis", paramLabel = "<ms>", defaultValue = "5",
			description = "Time that a request takes in an instance.")
	private int workMillis;

	@Option(names = "--warm-up", paramLabel = "<seconds>", defaultValue = "6",
			description = "Time that calls run before each case.")
	private int warmUp;

	@Option(names = "--during", paramLabel = "<seconds>", defaultValue = "8", description = "Time that a fault lasts.")
	private int during;

	@Option(names = "--quiet", paramLabel = "<seconds>", defaultValue = "7",
			description = "Time without calls, in the cases that need one.")
	private int quiet;

	@Override
	public Integer call() {
		List<NetworkCase> chosen = chosen();
		Report report = newReport();
		Optional<String> missing = NetworkHost.missing();
		if (missing.isPresent()) {
			report.note("Skipped: " + missing.get() + ".");
			return ExitCode.OK;
		}
		FaultTable table = new FaultTable("network");
		List<Target> targets = new ArrayList<>();
		chosen.forEach((each) -> run(each, table, targets));
		table.print("Hosts in network namespaces, discovery unaware", report);
		report.targets(targets);
		return report.finish();
	}

	private void run(NetworkCase each, FaultTable table, List<Target> targets) {
		PrintWriter progress = commandLine().getErr();
		progress.println(each.name());
		progress.flush();
		Windows windows = isQuick() ? Windows.quick()
				: Windows.whole(Duration.ofSeconds(this.warmUp), Duration.ofSeconds(this.during));
		List<NetworkHost> hosts = NetworkHost.start(NetworkCase.HOSTS,
				new InstanceSettings(Duration.ofMillis(this.workMillis), false, BACKLOG));
		try {
			NetworkScene scene = new NetworkScene(hosts, Duration.ofSeconds(isQuick() ? 1 : this.quiet));
			List<String> addresses = hosts.subList(0, each.instances()).stream().map(NetworkHost::address).toList();
			try (Client client = EasCaller.of(addresses, windows.timeouts(), List.of())) {
				Observation seen = new Trial(scene.quiet(client), this.callers, windows)
					.run((lasting) -> each.strikes().strike(scene, lasting), Duration.ZERO);
				table.row(each.name(), each.what(), "EasClient", seen);
				table.demand(each.name(), seen, each.demand(), 1);
			}
			if (each.backSeconds() > 0) {
				targets.add(Target.costAtMost(each.name() + ": seconds until it is used again", scene.backSeconds(),
						each.backSeconds()));
			}
		}
		finally {
			hosts.forEach(NetworkHost::close);
		}
	}

	private List<NetworkCase> chosen() {
		List<String> known = NetworkCase.all().stream().map(NetworkCase::name).toList();
		List<String> unknown = new ArrayList<>(this.cases);
		unknown.removeAll(known);
		if (!unknown.isEmpty()) {
			throw new ParameterException(commandLine(), "there is no case " + unknown.get(0) + ", but " + known);
		}
		return NetworkCase.all()
			.stream()
			.filter((each) -> this.cases.isEmpty() || this.cases.contains(each.name()))
			.toList();
	}

}
