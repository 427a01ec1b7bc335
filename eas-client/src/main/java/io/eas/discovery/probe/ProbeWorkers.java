package io.eas.discovery.probe;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

/**
 * A worker for each instance, with the results it has. Read by any thread without a lock;
 * told by one thread at a time.
 */
final class ProbeWorkers {

	private final Prober prober;

	private final Threshold threshold;

	private final Consumer<Change> changes;

	private final Supplier<ProbeRounds> schedule;

	private volatile Map<EasInstance, ProbeWorker> workers = Map.of();

	private @Nullable ProbeRounds rounds;

	/**
	 * No worker yet.
	 * @param prober checks
	 * @param threshold says what results amount to
	 * @param changes told of results that differ from the one before, on whichever thread
	 * they came
	 * @param schedule makes the rounds from one start to the next stop
	 */
	ProbeWorkers(Prober prober, Threshold threshold, Consumer<Change> changes, Supplier<ProbeRounds> schedule) {
		this.prober = prober;
		this.threshold = threshold;
		this.changes = changes;
		this.schedule = schedule;
	}

	/** Checks go on, each first at once. Does nothing if they do already. */
	void start() {
		if (this.rounds == null) {
			this.rounds = this.schedule.get();
			this.rounds.start();
			this.rounds.watch(this.workers.values());
		}
	}

	/** Ends all checks; the results stay. */
	void stop() {
		if (this.rounds != null) {
			this.rounds.stop();
			this.rounds = null;
		}
	}

	/** Checks these instances and no others. One that is known keeps its results. */
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

	/** The results of an instance, known or not. */
	Probed probed(EasInstance instance) {
		ProbeWorker worker = this.workers.get(instance);
		return new Probed(instance, (worker != null) ? worker.tally() : Tally.EMPTY);
	}

	boolean know(EasInstance instance) {
		return this.workers.containsKey(instance);
	}

	/** By address, in the order of the addresses. */
	Map<String, ProbeState> states() {
		Map<String, ProbeState> states = new LinkedHashMap<>();
		this.workers.forEach((instance, worker) -> states.put(instance.address(), worker.tally().state()));
		return states;
	}

}
