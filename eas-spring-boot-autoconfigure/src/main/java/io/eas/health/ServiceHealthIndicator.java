package io.eas.health;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import io.eas.discovery.DiscoveryState;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceSource;
import io.eas.discovery.probe.ProbeState;
import io.eas.discovery.probe.Verdict;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

/**
 * Health indicator for the age of a service's list of instances. The status is UP until
 * {@code health.stale-after}, UP with {@code stale: true} until
 * {@code health.down-after}, and then DOWN. Before the first list, the status is DOWN as
 * well, with {@code gatewayFallback: true} if calls go through the gateway. A configured
 * list and a configured gateway don't age. Never blocks. Thread-safe.
 */
final class ServiceHealthIndicator implements ReactiveHealthIndicator {

	private final InstanceCache cache;

	private final InstanceSource source;

	private final Supplier<Map<String, ProbeState>> probes;

	private final ToIntFunction<InstanceList> ejected;

	private final Freshness freshness;

	private final Clock clock;

	ServiceHealthIndicator(InstanceCache cache, InstanceSource source, Supplier<Map<String, ProbeState>> probes,
			ToIntFunction<InstanceList> ejected, Freshness freshness, Clock clock) {
		this.cache = cache;
		this.source = source;
		this.probes = probes;
		this.ejected = ejected;
		this.freshness = freshness;
		this.clock = clock;
	}

	@Override
	public Mono<Health> health() {
		return Mono.fromSupplier(() -> probed(health(this.cache.state())).build());
	}

	private Health.Builder health(DiscoveryState state) {
		InstanceList list = state.list();
		Duration age = state.age(this.clock.instant());
		if (list == null || age == null) {
			return failure(fallback(Health.down().withDetail("instances", 0)), state);
		}
		Health.Builder health = (isConfigured(list) || age.compareTo(this.freshness.downAfter()) <= 0) ? Health.up()
				: Health.down();
		health.withDetail("instances", list.size()).withDetail("source", list.source().name().toLowerCase(Locale.ROOT));
		int out = this.ejected.applyAsInt(list);
		if (out > 0) {
			health.withDetail("ejected", out);
		}
		if (!isConfigured(list)) {
			health.withDetail("ageSeconds", age.toSeconds())
				.withDetail("lastSuccess", String.valueOf(state.lastSuccess()));
			if (age.compareTo(this.freshness.staleAfter()) > 0) {
				health.withDetail("stale", true);
			}
		}
		return failure(health, state);
	}

	/**
	 * Adds the number of instances that have not passed their health checks, if health
	 * checks are enabled.
	 */
	private Health.Builder probed(Health.Builder health) {
		Collection<ProbeState> states = this.probes.get().values();
		return states.isEmpty() ? health : health.withDetail("unproven", count(states, Verdict.UNPROVEN))
			.withDetail("failing", count(states, Verdict.FAILING));
	}

	private static long count(Collection<ProbeState> states, Verdict verdict) {
		return states.stream().filter((state) -> state.verdict() == verdict).count();
	}

	private static boolean isConfigured(InstanceList list) {
		return list.source() == Source.STATIC || list.source() == Source.GATEWAY;
	}

	private Health.Builder fallback(Health.Builder health) {
		return this.source.isFallingBack() ? health.withDetail("gatewayFallback", true) : health;
	}

	private static Health.Builder failure(Health.Builder health, DiscoveryState state) {
		String failure = state.lastFailure();
		return (failure != null) ? health.withDetail("failedPolls", state.failures()).withDetail("lastFailure", failure)
				: health;
	}

}
