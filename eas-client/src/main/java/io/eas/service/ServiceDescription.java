package io.eas.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.eas.client.retry.RetryBudget;
import io.eas.discovery.DiscoveryState;
import io.eas.discovery.probe.ProbeState;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.loadbalancer.selection.InstanceDescription;
import org.jspecify.annotations.Nullable;

/**
 * A description of the current state of a service, for people to read. Immutable, and
 * without the token.
 *
 * @param list the list of instances: where it comes from, and how old it is
 * @param callsInFlight the number of calls that haven't ended, including calls that wait
 * for their next attempt
 * @param retryBudget the remaining retry budget
 * @param instances the instances that calls may go to, in the order of their addresses,
 * followed by the instances that get no calls because of the client's own health checks
 */
public record ServiceDescription(Listing list, long callsInFlight, RetryBudget.Balance retryBudget,
		List<InstanceDescription> instances) {

	/** Copies the instances. */
	public ServiceDescription {
		instances = List.copyOf(instances);
	}

	/**
	 * Returns one line that says to how many instances calls go, why they don't go to the
	 * other instances, and whether the last polls failed.
	 * @return a text such as {@code calls go to 2 of 3 instance(s); 1 ejected (stall)}
	 */
	public String summary() {
		long called = this.instances.stream().filter(InstanceDescription::takesCalls).count();
		StringBuilder text = new StringBuilder();
		if (this.list.gatewayFallback() != null) {
			text.append("no instance is known, and calls go through the gateway");
		}
		else if (this.instances.isEmpty()) {
			text.append("no instance is known, and calls fail");
		}
		else {
			text.append("calls go to ").append(called).append(" of ").append(this.instances.size());
			text.append(" instance(s)");
		}
		Map<String, Long> others = this.instances.stream()
			.filter((instance) -> !instance.takesCalls())
			.map((instance) -> instance.state() + ((instance.cause() != null) ? " (" + instance.cause() + ")" : ""))
			.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
		others.forEach((state, count) -> text.append("; ").append(count).append(' ').append(state));
		if (this.list.failedPolls() != null) {
			text.append("; the last ").append(this.list.failedPolls()).append(" poll(s) of discovery failed");
		}
		return text.toString();
	}

	/**
	 * Adds the results of their health checks to the instances in use. Also adds the
	 * listed instances that aren't used because of their health checks.
	 * @param used the instances that calls may go to
	 * @param listed the last list of discovery, or null before the first list
	 * @param probes the states of the health checks by address; empty if instances aren't
	 * checked
	 */
	static List<InstanceDescription> probed(List<InstanceDescription> used, @Nullable InstanceList listed,
			Map<String, ProbeState> probes) {
		if (probes.isEmpty()) {
			return used;
		}
		Map<String, ProbeState> unused = new HashMap<>(probes);
		List<InstanceDescription> all = new ArrayList<>();
		used.forEach((instance) -> all.add(instance.with(unused.remove(instance.address()))));
		for (EasInstance instance : (listed != null) ? listed.instances() : List.<EasInstance>of()) {
			ProbeState probe = unused.get(instance.address());
			if (probe != null) {
				all.add(InstanceDescription.unused(instance, probe));
			}
		}
		return all;
	}

	/**
	 * A list of instances.
	 *
	 * @param source the source of the instances that calls go to: {@code discovery},
	 * {@code snapshot}, {@code static} or {@code gateway}; null before the first list
	 * @param gatewayFallback true if no instance is known, and calls go through the
	 * gateway; otherwise null
	 * @param ageSeconds the time since discovery last gave the list; null before the
	 * first list, and for a configured list, which doesn't age
	 * @param lastSuccess when discovery last gave the list; null if {@code ageSeconds} is
	 * null
	 * @param failedPolls the number of polls that failed since the last success; null if
	 * none has failed
	 * @param lastFailure the message of the last failed poll; null if no poll has failed
	 * since the last success
	 * @param nextPollMillis the time until the next poll; null during a poll, and if
	 * there is no discovery
	 */
	public record Listing(@Nullable String source, @Nullable Boolean gatewayFallback, @Nullable Long ageSeconds,
			@Nullable Instant lastSuccess, @Nullable Integer failedPolls, @Nullable String lastFailure,
			@Nullable Long nextPollMillis) {

		static Listing of(DiscoveryState state, boolean fallingBack, @Nullable Duration nextPoll, Instant now) {
			InstanceList list = state.list();
			Source source = (list != null) ? list.source() : fallingBack ? Source.GATEWAY : null;
			boolean ages = list != null && source != Source.STATIC && source != Source.GATEWAY;
			Duration age = ages ? state.age(now) : null;
			return new Listing((source != null) ? source.name().toLowerCase(Locale.ROOT) : null,
					fallingBack ? true : null, (age != null) ? age.toSeconds() : null,
					ages ? state.lastSuccess() : null, (state.failures() > 0) ? state.failures() : null,
					state.lastFailure(), (nextPoll != null) ? nextPoll.toMillis() : null);
		}

	}

}
