package io.eas.instance;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of a service's instances. The same list fetched again, in
 * whatever order, is the same snapshot: compare with {@link #holds} before making a new
 * one, so that what is computed from a snapshot can be kept by its reference.
 *
 * @param instances the instances ordered by address; never empty, no address twice
 * @param fetchedAt when this list was first seen; of a snapshot when discovery last gave
 * it
 * @param source where it came from
 */
public record InstanceList(List<EasInstance> instances, Instant fetchedAt, Source source) {

	/**
	 * Orders and copies the instances.
	 * @throws IllegalArgumentException if there is none, or an address twice
	 */
	public InstanceList {
		instances = instances.stream().sorted().toList();
		if (instances.isEmpty()) {
			throw new IllegalArgumentException("a list of instances must not be empty");
		}
		for (int i = 1; i < instances.size(); i++) {
			if (instances.get(i).equals(instances.get(i - 1))) {
				throw new IllegalArgumentException(instances.get(i).address() + " is listed twice");
			}
		}
	}

	/**
	 * Whether this list has just these instances, with these weights, in whatever order.
	 * @param others the instances to compare with
	 * @return true if nothing differs
	 */
	public boolean holds(List<EasInstance> others) {
		if (others.size() != this.instances.size()) {
			return false;
		}
		List<EasInstance> sorted = others.stream().sorted().toList();
		for (int i = 0; i < sorted.size(); i++) {
			EasInstance mine = this.instances.get(i);
			if (!mine.equals(sorted.get(i)) || mine.weight() != sorted.get(i).weight()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The instances of this list and of another one.
	 * @param other the other list, or null for none
	 * @return each once
	 */
	public Set<EasInstance> or(@Nullable InstanceList other) {
		Set<EasInstance> all = new HashSet<>(this.instances);
		all.addAll((other != null) ? other.instances : List.of());
		return all;
	}

	/**
	 * The number of instances.
	 * @return at least 1
	 */
	public int size() {
		return this.instances.size();
	}

	/**
	 * Where a list of instances came from.
	 */
	public enum Source {

		/** The discovery API. */
		DISCOVERY,

		/** A file with what the discovery API said to an earlier run. */
		SNAPSHOT,

		/** The configuration. */
		STATIC,

		/** There is no list but the gateway, which stands for all instances. */
		GATEWAY

	}

}
