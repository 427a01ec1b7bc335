package io.eas.loadbalancer.hash;

import java.util.List;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.TriedInstances;
import org.jspecify.annotations.Nullable;

/**
 * Picks an instance of one list by the hash of a key. If a call has no key, or has tried
 * all instances that may be picked, another picker decides. Thread-safe.
 */
public final class HashPicker implements InstancePicker {

	private final Candidates candidates;

	private final InstancePicker keyless;

	private final InstanceState[] states;

	private final HashRing ring;

	private final BoundedRing bounded;

	HashPicker(Candidates candidates, InstancePicker keyless) {
		this.candidates = candidates;
		this.keyless = keyless;
		this.states = candidates.states().toArray(InstanceState[]::new);
		List<EasInstance> instances = candidates.list().instances();
		this.ring = new HashRing(instances.toArray(EasInstance[]::new),
				instances.stream().mapToInt(EasInstance::weight).toArray());
		this.bounded = new BoundedRing(this.ring);
	}

	@Override
	public InstanceState pick(TriedInstances tried, @Nullable String hashKey) {
		if (hashKey == null) {
			return this.keyless.pick(tried, null);
		}
		int index = this.bounded.pick(KeyHash.of(hashKey), (i) -> this.states[i].inFlight(), (i) -> isUsable(i, tried),
				this.candidates.inFlight(), this.candidates.weightInUse());
		return (index >= 0) ? this.states[index] : this.keyless.pick(tried, null);
	}

	/**
	 * Finds the owner of a hash, whatever its load and whether or not it may be picked. A
	 * random hash finds an instance at random, by weight. Takes the same time for any
	 * number of instances, and allocates nothing.
	 * @param hash the hash; only its high half is used
	 * @return the index of an instance in the list; never one that takes no traffic
	 */
	public int owner(long hash) {
		return this.ring.owner(hash);
	}

	private boolean isUsable(int index, TriedInstances tried) {
		InstanceState state = this.states[index];
		return !tried.contains(state.instance()) && this.candidates.admits(state);
	}

}
