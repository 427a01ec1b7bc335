package io.eas.benchmarks.picks;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceSource;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList.Source;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.loadbalancer.selection.SelectionSettings;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.jspecify.annotations.Nullable;

/**
 * Picks by weight with our client. Of the classes that measure picks, only this one
 * depends on internals of the client. Thread-safe except for {@link #use}.
 */
final class OurPicks implements Picks {

	static final String HOST = "10.0.0.1";

	private static final TriedInstances NONE = new TriedInstances();

	private final InstancePicker.Factory algorithm = new WeightedRoundRobin(RandomGenerator.getDefault());

	private final InstanceCache cache = new InstanceCache(Clock.systemUTC());

	private final InstanceSelector picks = new InstanceSelector(
			new InstanceSource("benchmark", this.cache, null, Instant.now()), this::create, SelectionSettings.DEFAULTS,
			EjectionListener.NONE, AttemptListener.NONE, Runnable::run);

	private @Nullable InstancePicker picker;

	OurPicks(Weights weights) {
		use(weights);
		pick();
	}

	private InstancePicker create(Candidates candidates) {
		InstancePicker created = this.algorithm.create(candidates);
		this.picker = created;
		return created;
	}

	/** Picks with the picker alone, without looking up the list or counting picks. */
	InstanceState bare() {
		return Objects.requireNonNull(this.picker).pick(NONE, null);
	}

	/** Picks as a call does, including the look-up of the list. */
	InstanceState pick() {
		return pick(NONE);
	}

	private InstanceState pick(TriedInstances tried) {
		return Objects.requireNonNull(this.picks.pick(tried, null, true));
	}

	@Override
	public int next() {
		return Weights.index(pick().instance().port());
	}

	@Override
	public void use(Weights weights) {
		List<EasInstance> instances = IntStream.range(0, weights.size())
			.mapToObj((index) -> new EasInstance(HOST, Weights.port(index), weights.of(index)))
			.toList();
		this.cache.succeed(instances, Source.STATIC);
	}

	@Override
	public boolean[] attempts(int count) {
		TriedInstances tried = new TriedInstances();
		boolean[] again = new boolean[count];
		for (int attempt = 0; attempt < count; attempt++) {
			EasInstance picked = pick(tried).instance();
			again[attempt] = tried.contains(picked);
			tried.add(picked);
		}
		return again;
	}

}
