package io.eas.emulator.discovery;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A service for discovery and gateway: its name, the currently listed instances, and the
 * state of the gateway's round robin. Thread-safe.
 */
public final class ListedService {

	private final String name;

	private final Supplier<? extends List<? extends ListedInstance>> instances;

	private final WeightedRoundRobin turns = new WeightedRoundRobin();

	/**
	 * Creates a service.
	 * @param name the service's name on EAS
	 * @param instances supplies the currently listed instances
	 */
	public ListedService(String name, Supplier<? extends List<? extends ListedInstance>> instances) {
		this.name = name;
		this.instances = instances;
	}

	String name() {
		return this.name;
	}

	List<? extends ListedInstance> instances() {
		return this.instances.get();
	}

	/** Returns the gateway's next instance, if any is listed. */
	Optional<ListedInstance> next() {
		return this.turns.next(instances());
	}

}
