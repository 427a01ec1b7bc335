package io.eas.benchmarks.start;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

import io.eas.benchmarks.calls.Spread;
import io.eas.benchmarks.instances.LocalService;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.ReportingCommand;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import org.springframework.util.FileSystemUtils;

/**
 * The command that measures starts of applications in fresh JVMs.
 */
@Command(name = "start", sortOptions = false, description = "What the starter adds to the start of an application.")
public final class StartCommand extends ReportingCommand {

	private static final int ROUNDS = 20;

	private static final double MILLI = 1e6;

	@Option(names = "--rounds", paramLabel = "<n>",
			description = "How often each application is started, in turns; " + ROUNDS + " unless given.")
	private @Nullable Integer rounds;

	@Override
	public Integer call() throws IOException {
		int count = (this.rounds != null) ? this.rounds : isQuick() ? 1 : ROUNDS;
		if (count < 1) {
			throw new ParameterException(commandLine(), "--rounds must be at least 1, was " + count);
		}
		Report report = newReport();
		report.note("JDK " + Runtime.version() + ", a fresh one for each start, with its defaults and 256 MB of heap. "
				+ "Medians of the rounds, with the least and the most; differences are taken round by round.");
		Map<StartVariant, List<StartedApplication>> started = start(count, commandLine().getErr());
		report.table("A WebFlux application with one controller, until it is ready, and its first call of a model",
				table(started));
		report.targets(List.of(
				Target.costAtMost("own code adds to the start, ms",
						added(started, StartVariant.DIRECT, StartVariant.DEPENDENCIES, StartedApplication::start)
							.median(),
						20),
				Target.costAtMost("own code adds to the start and the first call, ms",
						added(started, StartVariant.DIRECT, StartVariant.DEPENDENCIES, StartedApplication::startAndCall)
							.median(),
						20)));
		return report.finish();
	}

	private static Map<StartVariant, List<StartedApplication>> start(int rounds, PrintWriter progress)
			throws IOException {
		Path unpacked = Files.createTempDirectory("eas-benchmarks");
		try {
			return start(rounds, progress, ClassPath.current(unpacked));
		}
		finally {
			FileSystemUtils.deleteRecursively(unpacked);
		}
	}

	private static Map<StartVariant, List<StartedApplication>> start(int rounds, PrintWriter progress,
			ClassPath classPath) {
		Map<StartVariant, List<StartedApplication>> started = new EnumMap<>(StartVariant.class);
		try (LocalService local = new LocalService(1, Duration.ZERO)) {
			for (int round = 1; round <= rounds; round++) {
				progress.println("round " + round + " of " + rounds);
				progress.flush();
				for (StartVariant variant : StartVariant.values()) {
					started.computeIfAbsent(variant, (key) -> new ArrayList<>())
						.add(variant.run(classPath, local.eas().endpoint(), local.service().instance(0).address()));
				}
			}
		}
		return started;
	}

	private static Table table(Map<StartVariant, List<StartedApplication>> started) {
		Table table = new Table("application", "start ms", "own code adds ms", "all adds ms", "main thread CPU ms",
				"first call ms", "start and call ms", "own code adds ms", "all adds ms", "CPU ms", "classes");
		started.forEach((variant, samples) -> table.row(variant, spread(samples, StartedApplication::start, MILLI),
				added(started, variant, StartVariant.DEPENDENCIES, StartedApplication::start),
				added(started, variant, StartVariant.WITHOUT, StartedApplication::start),
				spread(samples, StartedApplication::thread, MILLI), spread(samples, StartedApplication::call, MILLI),
				spread(samples, StartedApplication::startAndCall, MILLI),
				added(started, variant, StartVariant.DEPENDENCIES, StartedApplication::startAndCall),
				added(started, variant, StartVariant.WITHOUT, StartedApplication::startAndCall),
				spread(samples, StartedApplication::processor, MILLI),
				spread(samples, StartedApplication::classes, 1)));
		return table;
	}

	private static Spread spread(List<StartedApplication> samples, ToLongFunction<StartedApplication> value,
			double unit) {
		return Spread.of(samples.stream().map((sample) -> value.applyAsLong(sample) / unit).toList());
	}

	/**
	 * Returns the difference to a base variant, in milliseconds. The base has the
	 * starter's dependencies but not the starter, or has neither.
	 */
	private static Spread added(Map<StartVariant, List<StartedApplication>> started, StartVariant variant,
			StartVariant base, ToLongFunction<StartedApplication> value) {
		List<StartedApplication> with = started.getOrDefault(variant, List.of());
		List<StartedApplication> without = started.getOrDefault(base, List.of());
		List<Double> differences = new ArrayList<>();
		for (int round = 0; round < with.size(); round++) {
			differences.add((value.applyAsLong(with.get(round)) - value.applyAsLong(without.get(round))) / MILLI);
		}
		return Spread.of(differences);
	}

}
