package io.eas.emulator.lifecycle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eas.deployment.explanation.Explanation;
import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.ServiceDescriptor;
import io.eas.deployment.model.Timings;

/**
 * A service with random health checks, and what {@code explain} says of its times.
 */
final class ExplainedService {

	private static final Pattern ENTRY = Pattern.compile(" *(\\d+)(?: to (\\d+))? s   (.*)");

	private final Random random;

	private final int grace;

	private final ServiceDescriptor descriptor;

	private final Container container;

	private final List<String> lines;

	ExplainedService(Random random) {
		this.random = random;
		this.grace = random.nextInt(20);
		Map<CheckKind, HealthCheck> checks = new EnumMap<>(CheckKind.class);
		for (CheckKind kind : CheckKind.values()) {
			if (random.nextInt(10) < 6) {
				checks.put(kind, new HealthCheck(new CheckMethod.HttpGet("/", 8000, OtherKeys.NONE), timings(kind),
						OtherKeys.NONE));
			}
		}
		this.container = new Container(null, List.of(), "python app.py", 8000, checks, OtherKeys.NONE);
		this.descriptor = new ServiceDescriptor(
				new Metadata("random", 1, null, null, null, null, this.grace, OtherKeys.NONE), null,
				List.of(this.container), OtherKeys.NONE);
		this.lines = Explanation.of(this.descriptor).lines().toList();
	}

	private Timings timings(CheckKind kind) {
		int period = 1 + this.random.nextInt(12);
		boolean sensible = this.random.nextInt(4) > 0;
		int timeout = 1 + this.random.nextInt(sensible ? period : 15);
		int successes = (kind == CheckKind.READINESS && this.random.nextBoolean()) ? 1 + this.random.nextInt(3) : 1;
		int delay = this.random.nextBoolean() ? 0 : 1 + this.random.nextInt(25);
		return new Timings(delay, period, timeout, successes, 1 + this.random.nextInt(5));
	}

	Map<CheckKind, HealthCheck> checks() {
		return this.descriptor.checks(this.container);
	}

	boolean isCheckedByDefault() {
		return this.container.checks().isEmpty();
	}

	Timings timings(CheckKind kind, Timings otherwise) {
		HealthCheck check = checks().get(kind);
		return (check != null) ? check.timings() : otherwise;
	}

	/** Whether ticks never fall into a check, which is where bounds are close. */
	boolean isPunctual() {
		return checks().values()
			.stream()
			.map(HealthCheck::timings)
			.allMatch((timings) -> timings.timeoutSeconds() <= timings.periodSeconds());
	}

	int grace() {
		return this.grace;
	}

	/**
	 * When something happens.
	 * @param section the beginning of the section's title
	 * @param what the beginning of what happens
	 * @return empty where that isn't said
	 */
	Optional<Bounds> bounds(String section, String what) {
		List<String> entries = new ArrayList<>();
		boolean within = false;
		for (String line : this.lines) {
			within = line.startsWith(section) || (within && !line.isEmpty());
			if (within) {
				entries.add(line);
			}
		}
		return entries.stream()
			.map(ENTRY::matcher)
			.filter((entry) -> entry.matches() && entry.group(3).startsWith(what))
			.findFirst()
			.map(ExplainedService::bounds);
	}

	private static Bounds bounds(Matcher entry) {
		long from = Long.parseLong(entry.group(1));
		long to = (entry.group(2) != null) ? Long.parseLong(entry.group(2)) : from;
		return new Bounds(from * 1000, to * 1000);
	}

	@Override
	public String toString() {
		return checks() + "\n" + String.join("\n", this.lines);
	}

	/**
	 * In milliseconds.
	 *
	 * @param from the earliest
	 * @param to the latest
	 */
	record Bounds(long from, long to) {

		/** From 0, at the earliest, to 1. */
		double position(long at) {
			return (at - this.from) / (double) (this.to - this.from);
		}

	}

}
