package io.eas.benchmarks.scale;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

import io.eas.discovery.AllowedNetworks;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceItems;
import io.eas.discovery.InstanceSource;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList.Source;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.loadbalancer.selection.SelectionSettings;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the client does with a poll's answer, step by step, and what a call asks of the
 * list. All that is known here of how it does that is in this class. To be used by one
 * thread.
 */
final class OurPolls {

	private final JsonMapper json = JsonMapper.builder().build();

	private final InstanceItems items = new InstanceItems(AllowedNetworks.of(List.of()));

	private final InstanceCache cache = new InstanceCache(Clock.systemUTC());

	private final InstanceSelector picks = new InstanceSelector(
			new InstanceSource("benchmark", this.cache, null, Instant.now()),
			new WeightedRoundRobin(RandomGenerator.getDefault()), SelectionSettings.DEFAULTS, EjectionListener.NONE,
			AttemptListener.NONE, Runnable::run);

	/** The JSON, and nothing made of it. */
	JsonNode tree(byte[] body) {
		return this.json.readTree(body);
	}

	/** The instances that it lists, each checked. */
	List<EasInstance> instances(JsonNode tree) {
		return this.items.read(tree.path("endpoints").path("items")).instances();
	}

	/** Compares them with those known, and keeps what is new. */
	void take(List<EasInstance> instances) {
		this.cache.succeed(instances, Source.DISCOVERY);
	}

	/** The first pick, which makes the picker if the list is another one. */
	Object pick() {
		return Objects.requireNonNull(this.picks.pick(TriedInstances.none(), null, true));
	}

	/** All that a call has to do with the list: its pick, and what is noted of it. */
	void call() {
		TrackedAttempt flight = Objects.requireNonNull(this.picks.start(TriedInstances.none(), null));
		flight.answering();
		flight.end(Outcome.ANSWERED);
	}

}
