package io.eas.benchmarks.llm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.eas.Eas;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;
import io.eas.client.EasClients;
import io.eas.client.auth.AuthScheme;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.llm.EngineSettings;
import io.eas.service.LoadBalancerSettings.Algorithm;
import io.eas.service.ServiceSettings.Mode;

/**
 * Sends the requests of a trace over sockets, with {@code EasClient}, to a real service
 * or to the language model of a local EAS. The waits at the local EAS must equal those of
 * the simulation within a tolerance. Used by one thread.
 */
final class ServiceSuite {

	private static final String ALIAS = "llm";

	/**
	 * The allowed relative difference between the waits over sockets and those of the
	 * simulation.
	 */
	private static final double TOLERANCE = 0.15;

	private static final Duration LONG = Duration.ofMinutes(30);

	private final Trace trace;

	private final double faster;

	private final int seeds;

	/**
	 * Creates a suite.
	 * @param trace the requests
	 * @param faster the factor by which time is shortened
	 * @param seeds the number of runs of each algorithm; their medians are the results
	 */
	ServiceSuite(Trace trace, double faster, int seeds) {
		this.trace = trace;
		this.faster = faster;
		this.seeds = seeds;
	}

	/**
	 * Compares algorithms with a service. Each algorithm gets different prompts, because
	 * the service has cached those of the previous algorithm.
	 * @return whether any call was answered
	 * @throws io.eas.client.EasException if the service doesn't answer at all
	 */
	boolean compare(Report report, ServiceOptions service, List<Algorithm> algorithms) {
		Table table = new Table("algorithm", "p50", "p90", "p99", "within 5 s", "hit rate", "failures");
		List<String> notes = new ArrayList<>();
		boolean answered = false;
		for (Algorithm algorithm : algorithms) {
			Map<String, String> failures = new TreeMap<>();
			Waits waits = run(service.addTo(builder(algorithm), ALIAS), service.model(), algorithm, 1, 1, failures);
			answered |= waits.failures() < this.trace.requests().size();
			failures.forEach((type, first) -> notes
				.add("Failed with " + balancer(algorithm) + ", the first " + type + ": " + first));
			table.row(balancer(algorithm), LlmSuite.seconds(waits.median()), LlmSuite.seconds(waits.p90()),
					LlmSuite.seconds(waits.p99()), LlmSuite.percent(waits.soon()),
					Double.isNaN(waits.hits()) ? "not told" : LlmSuite.percent(waits.hits()),
					Math.round(waits.failures()));
		}
		report.table("First token, " + service, table);
		notes.forEach(report::note);
		return answered;
	}

	/**
	 * Compares the simulation with the local EAS.
	 * @return the targets for the difference between the waits
	 */
	List<Target> simulated(Report report, int instances, List<Algorithm> algorithms) {
		Scenario one = Scenario.of("1 client", 1, 800);
		Table table = new Table("algorithm", "", "p50", "p90", "p99", "hit rate", "failures");
		List<Target> targets = new ArrayList<>();
		for (Algorithm algorithm : algorithms) {
			Waits expected = new Runs(instances, this.seeds).waits(this.trace, one, balancer(algorithm));
			Waits waits = local(instances, algorithm);
			row(table, algorithm, "simulated", expected);
			row(table, algorithm, "over sockets", waits);
			targets.add(similar(balancer(algorithm) + ", p50", waits.median(), expected.median()));
			targets.add(similar(balancer(algorithm) + ", p90", waits.p90(), expected.p90()));
		}
		report.table("First token, over sockets", table);
		return targets;
	}

	private static void row(Table table, Algorithm algorithm, String how, Waits waits) {
		table.row(balancer(algorithm), how, LlmSuite.seconds(waits.median()), LlmSuite.seconds(waits.p90()),
				LlmSuite.seconds(waits.p99()), LlmSuite.percent(waits.hits()), Math.round(waits.failures()));
	}

	private static Target similar(String what, double measured, double expected) {
		return Target.costAtMost(what + " over sockets, difference from the simulation",
				Math.abs(measured / expected - 1), TOLERANCE);
	}

	/**
	 * Measures an algorithm with a local EAS. Each run has a new service, so that its
	 * caches are empty.
	 */
	private Waits local(int instances, Algorithm algorithm) {
		List<Waits> runs = new ArrayList<>();
		for (int seed = 1; seed <= this.seeds; seed++) {
			try (EasEmulator eas = EasEmulator.builder()
				.admin(false)
				.service(ALIAS,
						(service) -> service.instances(instances, (instance) -> instance.llm(ALIAS, this::engine)))
				.build()
				.start()) {
				Eas.Builder builder = builder(algorithm).mode(Mode.STATIC)
					.instances(eas.service(ALIAS)
						.instances()
						.stream()
						.map(EmulatedInstance::address)
						.toArray(String[]::new))
					.authScheme(AuthScheme.NONE)
					.service(ALIAS);
				runs.add(run(builder, ALIAS, algorithm, seed, this.faster, new TreeMap<>()));
			}
		}
		return Waits.medians(runs);
	}

	private void engine(EngineSettings.Builder engine) {
		engine.prefillRate(Simulation.PREFILL_RATE * this.faster)
			.step(shortened(Simulation.STEP), shortened(Simulation.STEP_PER_SEQUENCE))
			.blockSize(Trace.BLOCK)
			.cacheBlocks(800);
	}

	private Duration shortened(Duration time) {
		return Duration.ofNanos(Math.round(time.toNanos() / this.faster));
	}

	private Waits run(Eas.Builder builder, String model, Algorithm algorithm, int seed, double slower,
			Map<String, String> failures) {
		try (EasClients clients = builder.build()) {
			ServiceRun run = new ServiceRun(clients.get(ALIAS), model, algorithm == Algorithm.CONSISTENT_HASH,
					this.faster);
			Waits waits = run.run(this.trace.arrivals(new Random(seed), 1, true), slower);
			failures.putAll(run.failures());
			return waits;
		}
	}

	private static Eas.Builder builder(Algorithm algorithm) {
		return Eas.builder()
			.loadBalancer((loadBalancer) -> loadBalancer.algorithm(algorithm))
			.http((http) -> http.maxConnectionsPerInstance(1000)
				.firstEventTimeout(LONG)
				.nextEventTimeout(LONG)
				.requestTimeout(LONG));
	}

	private static Balancer balancer(Algorithm algorithm) {
		return switch (algorithm) {
			case WEIGHTED_ROUND_ROBIN -> Balancer.ROUND_ROBIN;
			case LEAST_REQUEST -> Balancer.LEAST_REQUEST;
			case CONSISTENT_HASH -> Balancer.SESSION_HASH;
			case PREFIX_AWARE -> Balancer.PREFIX_AWARE;
		};
	}

}
