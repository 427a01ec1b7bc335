package io.eas.discovery.probe;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

/**
 * The workers of all instances, with their results. Any thread may read the results
 * without a lock; only one thread at a time may call the other methods.
 */
final class ProbeWorkers {

	private final Prober prober;

	private final Threshold threshold;

	private final Consumer<Change> changes;

	private final Supplier<ProbeRounds> schedule;

	private volatile Map<EasInstance, ProbeWorker> workers = Map.of();

	private @Nullable ProbeRounds rounds;

	/**
	 * Creates an object without workers.
	 * @param prober sends the health checks
	 * @param threshold derives the verdict from the results
	 * @param changes called with each result that differs from the previous one or
	 * changes the verdict, on any thread
	 * @param schedule creates a schedule, which is used from a start to the next stop
	 */
	ProbeWorkers(Prober prober, Threshold threshold, Consumer<Change> changes, Supplier<ProbeRounds> schedule) {
		this.prober = prober;
		this.threshold = threshold;
		this.changes = changes;
		this.schedule = schedule;
	}

	/**
	 * Starts the checks. Each instance is first checked at once. Does nothing if already
	 * started.
	 */
	void start() {
		if (this.rounds == null) {
			this.rounds = this.schedule.get();
			this.rounds.start();
			this.rounds.watch(this.workers.values());
		}
	}

	/** Stops all checks and keeps the results. */
	void stop() {
		if (this.rounds != null) {
			this.rounds.stop();
			this.rounds = null;
		}
	}

	/**
	 * Sets the instances to check. An instance that was checked before keeps its results.
	 */
	void watch(Collection<EasInstance> instances) {
		Map<EasInstance, ProbeWorker> known = this.workers;
		if (known.size() == instances.size() && known.keySet().containsAll(instances)) {
			return;
		}
		Map<EasInstance, ProbeWorker> next = new LinkedHashMap<>();
		instances.stream().sorted().forEach((instance) -> {
			ProbeWorker worker = known.get(instance);
			next.put(instance,
					(worker != null) ? worker : new ProbeWorker(instance, this.prober, this.threshold, this.changes));
		});
		this.workers = next;
		if (this.rounds != null) {
			this.rounds.watch(next.values());
		}
	}

	/** Returns the results of an instance, which are empty if the instance is unknown. */
	Probed probed(EasInstance instance) {
		ProbeWorker worker = this.workers.get(instance);
		return new Probed(instance, (worker != null) ? worker.tally() : Tally.EMPTY);
	}

	boolean know(EasInstance instance) {
		return this.workers.containsKey(instance);
	}

	/** Returns the states by address, in the order of the instances. */
	Map<String, ProbeState> states() {
		Map<String, ProbeState> states = new LinkedHashMap<>();
		this.workers.forEach((instance, worker) -> states.put(instance.address(), worker.tally().state()));
		return states;
	}

}
