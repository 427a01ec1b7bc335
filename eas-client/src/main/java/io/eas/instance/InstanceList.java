package io.eas.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.eas.instance.InstanceListDiff.Step;
import org.jspecify.annotations.Nullable;

/**
 * An immutable list of a service's instances. If the same instances are fetched again, in
 * any order, the same {@code InstanceList} is kept. An instance that hasn't changed is
 * the same object in a list and in {@linkplain #next the next list}. So values computed
 * from a list or an instance can be cached by reference.
 *
 * @param instances the instances, ordered by address; never empty, and without duplicate
 * addresses
 * @param fetchedAt when this list was first seen; for a list from a snapshot file, when
 * discovery last returned it
 * @param source the source of the list
 */
public record InstanceList(List<EasInstance> instances, Instant fetchedAt, Source source) {

	/**
	 * Sorts and copies the instances.
	 * @throws IllegalArgumentException if there is no instance, or an address is listed
	 * twice
	 */
	public InstanceList {
		instances = List.copyOf(sorted(instances));
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
	 * Returns the list that follows this one.
	 * @param listed the new instances, in any order; at least one, and without duplicate
	 * addresses
	 * @param now the time
	 * @param from the source of the new instances
	 * @return this list if nothing differs; otherwise a new list, which contains the
	 * objects of this list for all instances that haven't changed
	 * @throws IllegalArgumentException if there is no instance, or an address is listed
	 * twice
	 */
	public InstanceList next(List<EasInstance> listed, Instant now, Source from) {
		List<EasInstance> next = sorted(listed);
		boolean same = keep(next) == size() && next.size() == size() && from == this.source;
		return same ? this : new InstanceList(next, now, from);
	}

	/**
	 * Returns whether this list has exactly the given instances, with the same weights
	 * and the same {@link EasInstance#omitted} flags.
	 * @param others the instances to compare with, in any order
	 * @return true if nothing differs
	 */
	public boolean holds(List<EasInstance> others) {
		return others.size() == size() && keep(sorted(others)) == size();
	}

	private static List<EasInstance> sorted(List<EasInstance> instances) {
		List<EasInstance> sorted = new ArrayList<>(instances);
		sorted.sort(null);
		return sorted;
	}

	/**
	 * Replaces instances that haven't changed by the objects of this list.
	 * @return the number of instances that haven't changed
	 */
	private int keep(List<EasInstance> sorted) {
		InstanceListDiff diff = new InstanceListDiff(this.instances, sorted);
		int kept = 0;
		for (Step step = diff.next(); step != Step.END; step = diff.next()) {
			if (step == Step.SAME) {
				kept += diff.length();
			}
			else if (step == Step.RENEWED) {
				EasInstance known = this.instances.get(diff.indexBefore());
				EasInstance listed = sorted.get(diff.indexAfter());
				if (known.weight() == listed.weight() && known.omitted() == listed.omitted()) {
					sorted.set(diff.indexAfter(), known);
					kept++;
				}
			}
		}
		return kept;
	}

	/**
	 * Returns the instances of this list and of another list.
	 * @param other the other list, or null for none
	 * @return the union, without duplicates
	 */
	public Set<EasInstance> or(@Nullable InstanceList other) {
		Set<EasInstance> all = new HashSet<>(this.instances);
		all.addAll((other != null) ? other.instances : List.of());
		return all;
	}

	/**
	 * Returns the number of instances.
	 * @return the number, at least 1
	 */
	public int size() {
		return this.instances.size();
	}

	/**
	 * The source of a list of instances.
	 */
	public enum Source {

		/** The discovery API. */
		DISCOVERY,

		/** A file with the last response of the discovery API to an earlier run. */
		SNAPSHOT,

		/** The configuration. */
		STATIC,

		/** The gateway, which stands for all instances because there is no list. */
		GATEWAY

	}

}
