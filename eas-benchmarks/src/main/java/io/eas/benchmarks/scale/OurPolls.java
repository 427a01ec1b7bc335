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
 * The steps in which the client processes the response to a poll, and in which a call
 * uses the list. Of the classes that measure polls, only this one depends on internals of
 * the client. Not thread-safe.
 */
final class OurPolls {

	private final JsonMapper json = JsonMapper.builder().build();

	private final InstanceItems items = new InstanceItems(AllowedNetworks.of(List.of()));

	private final InstanceCache cache = new InstanceCache(Clock.systemUTC());

	private final InstanceSelector picks = new InstanceSelector(
			new InstanceSource("benchmark", this.cache, null, Instant.now()),
			new WeightedRoundRobin(RandomGenerator.getDefault()), SelectionSettings.DEFAULTS, EjectionListener.NONE,
			AttemptListener.NONE, Runnable::run);

	/** Parses the JSON without converting it. */
	JsonNode tree(byte[] body) {
		return this.json.readTree(body);
	}

	/** Converts the JSON to instances and checks each of them. */
	List<EasInstance> instances(JsonNode tree) {
		return this.items.read(tree.path("endpoints").path("items")).instances();
	}

	/** Compares instances with the known ones, and adopts the new list. */
	void take(List<EasInstance> instances) {
		this.cache.succeed(instances, Source.DISCOVERY);
	}

	/** Makes the first pick, which creates the picker if the list has changed. */
	Object pick() {
		return Objects.requireNonNull(this.picks.pick(TriedInstances.none(), null, true));
	}

	/**
	 * Performs all steps of a call that involve the list: the pick, and the record of its
	 * result.
	 */
	void call() {
		TrackedAttempt flight = Objects.requireNonNull(this.picks.start(TriedInstances.none(), null));
		flight.answering();
		flight.end(Outcome.ANSWERED);
	}

}
