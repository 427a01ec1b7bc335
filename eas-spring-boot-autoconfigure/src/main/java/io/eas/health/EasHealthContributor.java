package io.eas.health;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.eas.service.EasService;
import io.eas.service.EasServices;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;

/** Health contributor with one indicator for each service. Never blocks. Thread-safe. */
public final class EasHealthContributor implements CompositeReactiveHealthContributor {

	private final Map<String, ReactiveHealthContributor> parts = new TreeMap<>();

	/**
	 * Creates the contributor.
	 * @param services the services
	 * @param limits the limits of the age of each service's list, by alias
	 * @param clock the clock for the age of a list
	 */
	public EasHealthContributor(EasServices services, Map<String, Freshness> limits, Clock clock) {
		for (EasService service : services.all()) {
			Freshness freshness = limits.get(service.name());
			if (freshness == null) {
				throw new IllegalArgumentException("There are no limits for " + service.name());
			}
			this.parts.put(service.name(), new ServiceHealthIndicator(service.cache(), service.source(),
					service::probes, service.selector()::ejected, freshness, clock));
		}
	}

	@Override
	public @Nullable ReactiveHealthContributor getContributor(String name) {
		return this.parts.get(name);
	}

	@Override
	public Stream<ReactiveHealthContributors.Entry> stream() {
		return this.parts.entrySet()
			.stream()
			.map((part) -> new ReactiveHealthContributors.Entry(part.getKey(), part.getValue()));
	}

}
