package io.eas.benchmarks.picks;

import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstancePicks;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.WeightedRoundRobin;

/**
 * The client's picks by weight. All that is known here of how it makes them is in this
 * class. Thread-safe but for {@link #use}.
 */
final class OurPicks implements Picks {

	static final String HOST = "10.0.0.1";

	private static final TriedInstances NONE = new TriedInstances();

	private final InstancePicker.Factory algorithm = new WeightedRoundRobin(RandomGenerator.getDefault());

	private final InstancePicks picks = new InstancePicks(this.algorithm);

	private InstanceList list;

	private InstancePicker picker;

	OurPicks(Weights weights) {
		this.list = list(weights);
		this.picker = this.algorithm.create(this.list);
	}

	private static InstanceList list(Weights weights) {
		List<EasInstance> instances = IntStream.range(0, weights.size())
			.mapToObj((index) -> new EasInstance(HOST, Weights.port(index), weights.of(index)))
			.toList();
		return new InstanceList(instances, Instant.now(), InstanceList.Source.STATIC);
	}

	/** The bare pick: no list looked up, nothing counted. */
	EasInstance bare() {
		return this.picker.pick(NONE);
	}

	/** The pick as a call makes it. */
	EasInstance pick() {
		return this.picks.pick(this.list, NONE);
	}

	@Override
	public int next() {
		return Weights.index(pick().port());
	}

	@Override
	public void use(Weights weights) {
		this.list = list(weights);
	}

	@Override
	public boolean[] attempts(int count) {
		TriedInstances tried = new TriedInstances();
		boolean[] again = new boolean[count];
		for (int attempt = 0; attempt < count; attempt++) {
			EasInstance picked = this.picks.pick(this.list, tried);
			for (int earlier = 0; earlier < attempt; earlier++) {
				again[attempt] |= picked.equals(tried.get(earlier));
			}
			tried.add(picked);
		}
		return again;
	}

}
