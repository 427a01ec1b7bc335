package io.eas.simulation;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.eas.simulation.Profile.Hardware;

/**
 * Prints how the policies compare, in seconds of virtual time at a service whose calls
 * take 0.1 s on average; p99 also as a multiple of the omniscient shortest queue's. What
 * befalls an instance for a while is measured by the calls that begin meanwhile. Takes
 * some minutes:
 *
 * <pre>
 * ./mvnw -q -pl eas-spring-boot-autoconfigure spring-boot:test-run -Dspring-boot.run.skip=false \
 *   -Dspring-boot.run.main-class=io.eas.simulation.SimulationReport
 * </pre>
 *
 * Arguments, if any, are numbers of instances (in {@code -Dspring-boot.run.arguments});
 * without them 3, 10, 30 and 100.
 */
public final class SimulationReport {

	private static final int CALLS = 100_000;

	private SimulationReport() {
	}

	/**
	 * Prints the report.
	 * @param args numbers of instances
	 */
	public static void main(String[] args) {
		List<Integer> sizes = (args.length > 0) ? Stream.of(args).map(Integer::valueOf).toList()
				: List.of(3, 10, 30, 100);
		for (int size : sizes) {
			compare(size, "one server", Hardware.ONE_SERVER, 1);
			compare(size, "four cores", Hardware.FOUR_CORES, 1);
			compare(size, "one server, four clients", Hardware.ONE_SERVER, 4);
			compare(size, "four cores, four clients", Hardware.FOUR_CORES, 4);
		}
	}

	private static void compare(int size, String model, Hardware each, int clients) {
		Demand busy = Demand.load(0.85, CALLS).of(clients);
		for (Profile profile : List.of(Profile.constant(size, each), Profile.uniform(size, each),
				Profile.logNormal(size, each), Profile.oneSlow(size, each), Profile.mixed(size, each, true),
				Profile.mixed(size, each, false))) {
			table(profile, model, busy);
		}
		double capacity = Profile.uniform(size, each).capacity();
		Demand half = Demand.load(0.5, (int) (0.5 * capacity * 1.5 * Profile.TO)).of(clients);
		for (Profile profile : List.of(Profile.warmingUp(size, each), Profile.frozen(size, each),
				Profile.failing(size, each, Station.Mode.REFUSING),
				Profile.failing(size, each, Station.Mode.FAILING))) {
			table(profile, model, half.retried(2, 2));
		}
	}

	private static void table(Profile profile, String model, Demand demand) {
		print("%n%s, %d instances of %s, load %.2f%n", profile.name(), profile.size(), model, demand.load());
		print("%-28s %9s %9s %9s %9s %7s %12s %7s %9s%n", "", "mean", "p50", "p99", "p99.9", "p99 x", "share error",
				"failed", "attempts");
		double reference = 0;
		for (Contestant contestant : Contestant.ALL) {
			Outcome all = contestant.run(profile, demand);
			Outcome outcome = profile.events().isEmpty() ? all.settled() : all.between(Profile.FROM, Profile.TO);
			reference = (reference == 0) ? outcome.p99() : reference;
			print("%-28s %9.3f %9.3f %9.3f %9.3f %7.2f %10.1f %% %7d %9.3f%n", contestant.name(), outcome.mean(),
					outcome.quantile(0.5), outcome.p99(), outcome.quantile(0.999), outcome.p99() / reference,
					100 * outcome.shareError(), outcome.failed(), outcome.attemptsPerCall());
		}
	}

	private static void print(String format, Object... values) {
		System.out.printf(Locale.ROOT, format, values);
	}

}
