package io.eas.benchmarks.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.eas.benchmarks.llm.Scenario.Signals;
import io.eas.benchmarks.report.Figure;
import io.eas.benchmarks.report.Figure.Series;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;

/**
 * The scenarios, with their tables and targets. A run that several tables show is made
 * only once. Not thread-safe.
 */
final class LlmSuite {

	private static final Scenario ONE = Scenario.of("1 client", 1, 800);

	private static final Scenario FOUR = Scenario.of("4 clients, signals", 4, 800).with(Signals.TRUE);

	private static final Scenario SIXTEEN = Scenario.of("16 clients, signals", 16, 800).with(Signals.TRUE);

	private static final Scenario LARGE = Scenario.of("1 client, 3,000 blocks", 1, 3000);

	/** The scenarios in which all algorithms are compared. */
	static final List<Scenario> COMPARED = List.of(ONE, FOUR, SIXTEEN, LARGE);

	private static final Scenario FOUR_ALONE = Scenario.of("4 clients, no signals", 4, 800);

	private static final Scenario SIXTEEN_ALONE = Scenario.of("16 clients, no signals", 16, 800);

	private static final List<Scenario> NEVER_WORSE = List.of(named("speed 0.5", ONE.atSpeed(0.5)),
			named("speed 0.75", ONE.atSpeed(0.75)), named("no common prefixes", ONE.withoutPrefixes()),
			named("tokens misjudged by 0.5", ONE.misjudgedBy(0.5)), named("tokens misjudged by 2", ONE.misjudgedBy(2)),
			named("blocks 1.3 times as long", ONE.inBlocksOf(1.3)),
			named("blocks 0.77 times as long", ONE.inBlocksOf(0.77)), named("instance replaced", ONE.withReplacement()),
			FOUR_ALONE, SIXTEEN_ALONE);

	private static final List<Signals> HEADER_SIGNALS = List.of(Signals.TRUE, Signals.FROZEN, Signals.ZERO,
			Signals.RANDOM, Signals.OLD);

	private static final List<Signals> FALSE_SIGNALS = List.of(Signals.FROZEN, Signals.ZERO, Signals.RANDOM,
			Signals.OLD);

	private final Trace trace;

	private final Runs runs;

	LlmSuite(Trace trace, Runs runs) {
		this.trace = trace;
		this.runs = runs;
	}

	private static Scenario named(String name, Scenario scenario) {
		return new Scenario(name, scenario.clients(), scenario.cacheBlocks(), scenario.speed(), scenario.signals(),
				scenario.prefixes(), scenario.estimate(), scenario.blockRatio(), scenario.replaced(), scenario.plain());
	}

	/** Shows all algorithms side by side. */
	void compare(Report report, List<Scenario> scenarios) {
		for (Scenario scenario : scenarios) {
			Table table = new Table("algorithm", "p50", "p90", "p99", "within 5 s", "hit rate", "failures",
					"p90 over least request");
			for (Balancer balancer : Balancer.values()) {
				Waits waits = waits(scenario, balancer);
				table.row(balancer, seconds(waits.median()), seconds(waits.p90()), seconds(waits.p99()),
						percent(waits.soon()), percent(waits.hits()), Math.round(waits.failures()),
						ratio(overLeastRequest(scenario, balancer)));
			}
			report.table("First token, " + scenario.name(), table);
			report.figure(figure(scenario));
		}
	}

	private Figure figure(Scenario scenario) {
		List<Waits> waits = Stream.of(Balancer.values()).map((balancer) -> waits(scenario, balancer)).toList();
		return new Figure("llm-" + scenario.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
				"Time to first token, " + scenario.name(), "", "seconds",
				Stream.of(Balancer.values()).map(Balancer::toString).toList(),
				List.of(bars("median", waits, Waits::median), bars("90 % no longer than", waits, Waits::p90)),
				List.of());
	}

	private static Series bars(String name, List<Waits> waits, ToDoubleFunction<Waits> number) {
		return new Series(name, List.of(),
				waits.stream().map((each) -> Math.rint(number.applyAsDouble(each) * 100) / 100).toList());
	}

	/** Shows the prefix-aware algorithm under unfavorable conditions. */
	void vary(Report report) {
		Table table = new Table("case", "p50", "p90", "p99", "hit rate", "failures", "of least request",
				"p90 over least request");
		for (Scenario scenario : NEVER_WORSE) {
			Waits waits = waits(scenario, Balancer.PREFIX_AWARE);
			table.row(scenario.name(), seconds(waits.median()), seconds(waits.p90()), seconds(waits.p99()),
					percent(waits.hits()), Math.round(waits.failures()),
					Math.round(waits(scenario, Balancer.LEAST_REQUEST).failures()),
					ratio(overLeastRequest(scenario, Balancer.PREFIX_AWARE)));
		}
		report.table("Prefix-aware, where something is different", table);
		Table signals = new Table("signals", "1 client", "4 clients", "16 clients");
		for (Signals heard : FALSE_SIGNALS) {
			signals.row(heard.name().toLowerCase(Locale.ROOT), ratio(overSilence(ONE, heard)),
					ratio(overSilence(FOUR_ALONE, heard)), ratio(overSilence(SIXTEEN_ALONE, heard)));
		}
		for (Signals heard : HEADER_SIGNALS) {
			signals.row("header, " + heard.name().toLowerCase(Locale.ROOT), ratio(overSilence(plain(ONE), heard)),
					ratio(overSilence(plain(FOUR_ALONE), heard)), ratio(overSilence(plain(SIXTEEN_ALONE), heard)));
		}
		report.table("Prefix-aware with false signals, p90 over that without signals", signals);
	}

	List<Target> targets() {
		List<Target> targets = new ArrayList<>();
		targets.add(atMost("1 client, p90 over least request", overLeastRequest(ONE, Balancer.PREFIX_AWARE), 0.45));
		targets.add(atMost("1 client, p90 over the oracle",
				waits(ONE, Balancer.PREFIX_AWARE).p90() / waits(ONE, Balancer.ORACLE).p90(), 1.15));
		targets.add(atMost("4 clients, signals, p90 over least request", overLeastRequest(FOUR, Balancer.PREFIX_AWARE),
				0.52));
		targets.add(atMost("16 clients, signals, p90 over least request",
				overLeastRequest(SIXTEEN, Balancer.PREFIX_AWARE), 0.45));
		targets
			.add(atMost("3,000 blocks, p90 over least request", overLeastRequest(LARGE, Balancer.PREFIX_AWARE), 0.36));
		targets.add(new Target("3,000 blocks, hit rate", waits(LARGE, Balancer.PREFIX_AWARE).hits(),
				Target.Bound.AT_LEAST, 0.2, false));
		for (Scenario scenario : NEVER_WORSE) {
			targets.add(atMost(scenario.name() + ", p90 over least request",
					overLeastRequest(scenario, Balancer.PREFIX_AWARE), 1.05));
		}
		for (Signals heard : FALSE_SIGNALS) {
			for (Scenario scenario : List.of(ONE, FOUR_ALONE, SIXTEEN_ALONE)) {
				targets.add(atMost(scenario.clients() + " client(s), signals " + heard.name().toLowerCase(Locale.ROOT)
						+ ", p90 over no signals", overSilence(scenario, heard), 1.05));
			}
		}
		for (Signals heard : HEADER_SIGNALS) {
			for (Scenario scenario : List.of(ONE, FOUR_ALONE, SIXTEEN_ALONE)) {
				targets.add(atMost(scenario.clients() + " client(s), header " + heard.name().toLowerCase(Locale.ROOT)
						+ ", p90 over no signals", overSilence(plain(scenario), heard), 1.05));
			}
		}
		return targets;
	}

	private static Scenario plain(Scenario scenario) {
		return scenario.withPlainAnswers();
	}

	private static Target atMost(String what, double measured, double limit) {
		return Target.atMost(what, measured, limit);
	}

	private Waits waits(Scenario scenario, Balancer balancer) {
		return this.runs.waits(this.trace, scenario, balancer);
	}

	private double overLeastRequest(Scenario scenario, Balancer balancer) {
		return this.runs.overLeastRequest(this.trace, scenario, balancer);
	}

	private double overSilence(Scenario scenario, Signals heard) {
		return waits(scenario.with(heard), Balancer.PREFIX_AWARE).p90()
				/ waits(scenario.with(Signals.NONE), Balancer.PREFIX_AWARE).p90();
	}

	static String seconds(double seconds) {
		return String.format(Locale.ROOT, "%.2f s", seconds);
	}

	static String percent(double share) {
		return String.format(Locale.ROOT, "%.1f %%", 100 * share);
	}

	private static String ratio(double ratio) {
		return String.format(Locale.ROOT, "%.2f", ratio);
	}

}
