package io.eas.benchmarks.faults;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.eas.benchmarks.clients.Peer;
import io.eas.benchmarks.clients.Way;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.ReportingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The command that runs the fault suite.
 */
@Command(name = "faults", sortOptions = false, showDefaultValues = true,
		description = "How faults affect callers: one of three instances is killed, frozen, cut off and so on.")
public final class FaultsCommand extends ReportingCommand {

	@Option(names = "--cases", split = ",", paramLabel = "<name>", description = "The cases to run; all unless given.")
	private List<String> cases = List.of();

	@Option(names = "--limits", split = ",", paramLabel = "<limit>",
			description = "The limit on the throughput in cases with processes: ${COMPLETION-CANDIDATES}.")
	private Set<Limit> limits = EnumSet.allOf(Limit.class);

	@Option(names = "--callers", paramLabel = "<n>", defaultValue = "16", description = "Number of calls in flight.")
	private int callers;

	@Option(names = "--work-millis", paramLabel = "<ms>", defaultValue = "1",
			description = "Time that a request takes in an instance without using the processor.")
	private int workMillis;

	@Option(names = "--warm-up", paramLabel = "<seconds>", defaultValue = "6",
			description = "Time that calls run before each case.")
	private int warmUp;

	@Option(names = "--during", paramLabel = "<seconds>", defaultValue = "7", description = "Time that a fault lasts.")
	private int during;

	@Option(names = "--peers", description = "Runs the cases with processes also for the peers.")
	private boolean peers;

	@Option(names = "--ways",
			description = "Runs the cases with a killed and a frozen instance also for RestClient, WebClient, an "
					+ "HTTP interface and callers that wait.")
	private boolean ways;

	@Override
	public Integer call() {
		List<ProcessCase> processCases = chosen(ProcessCase.all(), ProcessCase::name);
		List<LocalCase> localCases = chosen(LocalCase.all(), LocalCase::name);
		checkNames();
		Report report = newReport();
		FaultSuite suite = suite(commandLine().getErr());
		if (!processCases.isEmpty()) {
			this.limits.forEach((limit) -> suite.processes(processCases, limit, report));
		}
		suite.local(localCases, report);
		return report.finish();
	}

	private FaultSuite suite(PrintWriter progress) {
		Windows windows = isQuick() ? Windows.quick()
				: Windows.whole(Duration.ofSeconds(this.warmUp), Duration.ofSeconds(this.during));
		return new FaultSuite(windows, this.callers, Duration.ofMillis(this.workMillis),
				this.peers ? List.of(Peer.values()) : List.of(), this.ways ? List.of(Way.values()) : List.of(),
				progress);
	}

	private <T> List<T> chosen(List<T> all, Function<T, String> name) {
		return all.stream().filter((each) -> this.cases.isEmpty() || this.cases.contains(name.apply(each))).toList();
	}

	private void checkNames() {
		List<String> known = Stream
			.concat(ProcessCase.all().stream().map(ProcessCase::name), LocalCase.all().stream().map(LocalCase::name))
			.toList();
		List<String> unknown = new ArrayList<>(this.cases);
		unknown.removeAll(known);
		if (!unknown.isEmpty()) {
			throw new ParameterException(commandLine(), "there is no case " + unknown.get(0) + ", but " + known);
		}
	}

}
