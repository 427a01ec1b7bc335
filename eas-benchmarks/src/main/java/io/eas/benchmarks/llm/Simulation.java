package io.eas.benchmarks.llm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;

import io.eas.benchmarks.llm.Scenario.Signals;
import io.eas.emulator.llm.EngineSettings;
import io.eas.emulator.llm.InferenceEngine;
import io.eas.emulator.llm.InferenceEngine.Event;
import io.eas.emulator.llm.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * One run of a trace through clients and engines, in virtual time. A request that an
 * engine refuses, because its queue is full, goes to the other engines, one after the
 * other. Not thread-safe.
 */
final class Simulation {

	static final double PREFILL_RATE = 6000;

	static final Duration STEP = Duration.ofMillis(12);

	static final Duration STEP_PER_SEQUENCE = Duration.ofNanos(400_000);

	private static final long SECOND = 1_000_000_000L;

	private final Scenario scenario;

	private final Random random;

	private final InferenceEngine[] engines;

	private final EngineSettings settings;

	private final List<SimulatedClient> clients = new ArrayList<>();

	private final @Nullable Oracle oracle;

	private final Map<Sequence, Sent> sent = new HashMap<>();

	private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::nanos));

	private final Map<SimulatedClient, List<SimulatedReports>> reports = new LinkedHashMap<>();

	private final List<Double> seconds = new ArrayList<>();

	private long now;

	private int failures;

	private long inputTokens;

	private long cachedTokens;

	Simulation(Scenario scenario, Balancer balancer, int instances, long seed) {
		this.scenario = scenario;
		this.random = new Random(seed);
		this.settings = EngineSettings.builder()
			.prefillRate(PREFILL_RATE)
			.step(STEP, STEP_PER_SEQUENCE)
			.blockSize(Trace.BLOCK)
			.cacheBlocks(scenario.cacheBlocks())
			.build();
		this.engines = new InferenceEngine[instances];
		for (int i = 0; i < instances; i++) {
			this.engines[i] = new InferenceEngine(this.settings);
		}
		this.oracle = (balancer == Balancer.ORACLE) ? new Oracle(instances, scenario.cacheBlocks(), PREFILL_RATE)
				: null;
		for (int i = 0; i < scenario.clients() && this.oracle == null; i++) {
			this.clients
				.add(new SimulatedClient(balancer, instances, (int) (scenario.cacheBlocks() / scenario.blockRatio()),
						new Random(seed * 1000 + i), () -> this.now));
		}
		for (SimulatedClient client : this.clients) {
			List<SimulatedReports> each = new ArrayList<>();
			for (int i = 0; i < instances; i++) {
				each.add(new SimulatedReports(scenario, client, i, this.random));
			}
			this.reports.put(client, each);
		}
	}

	/**
	 * Runs a trace to its end.
	 * @param trace the requests, at their times of arrival
	 */
	Waits run(Trace trace) {
		for (Trace.Request request : trace.requests()) {
			SimulatedCall call = newCall(request);
			at((long) (request.millis() * 1e6), () -> arrive(call));
		}
		long end = (long) (trace.requests().get(trace.requests().size() - 1).millis() * 1e6);
		if (this.scenario.signals() != Signals.NONE && !this.scenario.plain()) {
			this.reports.forEach((client, reports) -> reports.forEach((each) -> report(each, end)));
		}
		if (this.scenario.replaced()) {
			at(end / 2, () -> replace(this.engines.length / 2));
		}
		while (!this.timers.isEmpty() || !this.sent.isEmpty()) {
			step();
		}
		return Waits.of(this.seconds, this.failures, (double) this.cachedTokens / this.inputTokens);
	}

	private void step() {
		Timer timer = this.timers.peek();
		long next = (timer != null) ? timer.nanos() : InferenceEngine.NEVER;
		int engine = -1;
		for (int i = 0; i < this.engines.length; i++) {
			if (this.engines[i].nextEventTime() < next) {
				next = this.engines[i].nextEventTime();
				engine = i;
			}
		}
		this.now = next;
		if (engine < 0) {
			this.timers.remove().action().run();
			return;
		}
		for (Event event = this.engines[engine].poll(next); event != null; event = this.engines[engine].poll(next)) {
			happened(event);
		}
	}

	private void happened(Event event) {
		Sent attempt = this.sent.get(event.sequence());
		if (attempt == null) {
			return;
		}
		if (event.type() == Event.Type.FIRST_TOKEN) {
			this.seconds.add((double) (event.time() - attempt.call().since()) / SECOND);
			this.inputTokens += event.sequence().promptTokens();
			this.cachedTokens += event.sequence().cachedTokens();
			attempt.content();
		}
		else {
			this.sent.remove(event.sequence());
			attempt.ended(true);
			if (!attempt.call().isStreamed() && this.scenario.signals() != Signals.NONE && this.oracle == null) {
				Objects.requireNonNull(this.reports.get(attempt.call().client()))
					.get(attempt.engine())
					.report(this.engines[attempt.engine()], this.now);
			}
		}
	}

	private SimulatedCall newCall(Trace.Request request) {
		int client = this.random.nextInt(this.scenario.clients());
		boolean streamed = !this.scenario.plain() || this.random.nextBoolean();
		return new SimulatedCall(request, (this.oracle == null) ? this.clients.get(client) : null, this.scenario,
				streamed);
	}

	private void at(long nanos, Runnable action) {
		this.timers.add(new Timer(nanos, action));
	}

	private void arrive(SimulatedCall call) {
		boolean[] tried = new boolean[this.engines.length];
		for (int n = 0; n < this.engines.length; n++) {
			int engine = pick(call, tried);
			SimulatedClient.Attempt attempt = (this.oracle == null) ? call.start(engine) : null;
			Trace.Request request = call.request();
			Sequence sequence = this.engines[engine].submit(this.now, request.inputTokens(), request.outputTokens(),
					request.blocks());
			if (sequence != null) {
				if (this.oracle != null) {
					this.oracle.sent(engine, request, (double) this.now / SECOND);
				}
				this.sent.put(sequence, new Sent(call, engine, attempt));
				return;
			}
			tried[engine] = true;
			if (attempt != null) {
				attempt.ended(false);
			}
		}
		this.failures++;
		this.seconds.add(Double.POSITIVE_INFINITY);
	}

	private int pick(SimulatedCall call, boolean[] tried) {
		if (this.oracle != null) {
			return this.oracle.pick(call.request(), tried, (double) this.now / SECOND);
		}
		return call.pick(tried);
	}

	private void report(SimulatedReports reports, long end) {
		reports.report(this.engines[reports.engine()], this.now);
		if (this.now < end) {
			at(this.now + (long) (SimulatedReports.PERIOD * (0.9 + 0.2 * this.random.nextDouble())),
					() -> report(reports, end));
		}
	}

	/**
	 * Replaces an engine by a new one. Requests without a first token are sent again, and
	 * all others at the old engine fail.
	 */
	private void replace(int engine) {
		this.engines[engine] = new InferenceEngine(this.settings);
		this.clients.forEach((client) -> client.replaced(engine));
		if (this.oracle != null) {
			this.oracle.replaced(engine);
		}
		List<Map.Entry<Sequence, Sent>> lost = this.sent.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().engine() == engine)
			.sorted(Comparator.comparingLong((entry) -> entry.getValue().call().since()))
			.toList();
		for (Map.Entry<Sequence, Sent> entry : lost) {
			Sent attempt = entry.getValue();
			this.sent.remove(entry.getKey());
			attempt.ended(false);
			if (attempt.begun) {
				this.failures++;
			}
			else {
				arrive(attempt.call());
			}
		}
	}

	/** An action at a point in virtual time. */
	private record Timer(long nanos, Runnable action) {
	}

	/** A request that an engine has accepted. */
	private static final class Sent {

		private final SimulatedCall call;

		private final int engine;

		private final SimulatedClient.@Nullable Attempt attempt;

		private boolean begun;

		Sent(SimulatedCall call, int engine, SimulatedClient.@Nullable Attempt attempt) {
			this.call = call;
			this.engine = engine;
			this.attempt = attempt;
		}

		SimulatedCall call() {
			return this.call;
		}

		int engine() {
			return this.engine;
		}

		void content() {
			this.begun = true;
			if (this.attempt != null && this.call.isStreamed()) {
				this.attempt.content();
			}
		}

		void ended(boolean answered) {
			if (this.attempt != null) {
				this.attempt.ended(answered);
			}
		}

	}

}
