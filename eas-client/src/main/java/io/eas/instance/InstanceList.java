package io.eas.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.eas.instance.InstanceListDiff.Step;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of a service's instances. The same list fetched again, in
 * whatever order, is the same snapshot, and an instance that hasn't changed is the same
 * object in a list and the one {@linkplain #next after} it: so what is computed from
 * either can be kept by its reference.
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
	 * The list that follows this one.
	 * @param listed the instances from now on, in whatever order; at least one, no
	 * address twice
	 * @param now the time
	 * @param from where they came from
	 * @return this list if nothing differs; otherwise a new one, which has the objects of
	 * this one for all instances that are as they were
	 */
	public InstanceList next(List<EasInstance> listed, Instant now, Source from) {
		List<EasInstance> next = sorted(listed);
		boolean same = keep(next) == size() && next.size() == size() && from == this.source;
		return same ? this : new InstanceList(next, now, from);
	}

	/**
	 * Whether this list has just these instances, with these weights, omitted or not.
	 * @param others the instances to compare with, in whatever order
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
	 * Replaces what is as it was by this list's objects.
	 * @return how many that are
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
