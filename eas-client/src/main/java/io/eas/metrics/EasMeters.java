package io.eas.metrics;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleFunction;

import io.eas.service.EasService;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of all services. They are tagged with the alias of the service and never
 * with an address. {@link #close} removes them from their registry, together with the
 * meters that other handlers have created from the observations of calls. Thread-safe.
 */
public final class EasMeters implements AutoCloseable {

	private static final String SERVICE = "eas.service";

	private static final String REQUESTS = "Calls of an EasClient, each with all its attempts";

	private final MeterRegistry registry;

	private final Queue<Meter> meters = new ConcurrentLinkedQueue<>();

	private final Set<String> services = ConcurrentHashMap.newKeySet();

	private volatile String observations = DefaultEasClientObservationConvention.NAME;

	private volatile boolean closed;

	/**
	 * Creates an object without meters.
	 * @param registry the registry of the meters
	 */
	public EasMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Sets the name of the observations of calls, from which other handlers create
	 * meters.
	 */
	void observedAs(String name) {
		this.observations = name;
	}

	Counter counter(String name, String description, String service, String key, String value) {
		return kept(Counter.builder(name)
			.description(description)
			.tags(tags(service).and(key, value))
			.register(this.registry));
	}

	Timer timer(String name, String description, String service) {
		return kept(Timer.builder(name).description(description).tags(tags(service)).register(this.registry));
	}

	/**
	 * Returns the timer that {@code DefaultMeterObservationHandler} would create for an
	 * observation.
	 */
	Timer timer(String name, KeyValues values, String error) {
		Tags tags = Tags.of("error", error);
		for (KeyValue value : values) {
			tags = tags.and(Tag.of(value.getKey(), value.getValue()));
		}
		return kept(Timer.builder(name).description(REQUESTS).tags(tags).register(this.registry));
	}

	void gauge(String name, String description, @Nullable String unit, EasService service, Tags more,
			ToDoubleFunction<EasService> value) {
		kept(Gauge.builder(name, service, value)
			.description(description)
			.baseUnit(unit)
			.tags(tags(service.name()).and(more))
			.register(this.registry));
	}

	private Tags tags(String service) {
		this.services.add(service);
		return Tags.of(SERVICE, service);
	}

	/**
	 * Keeps a meter until this object is closed. A meter that is created later is removed
	 * from the registry at once.
	 */
	private <M extends Meter> M kept(M meter) {
		this.meters.add(meter);
		if (this.closed) {
			this.registry.remove(meter);
		}
		return meter;
	}

	@Override
	public void close() {
		this.closed = true;
		this.meters.forEach(this.registry::remove);
		List.copyOf(this.registry.getMeters())
			.stream()
			.filter((meter) -> isOfOurs(meter.getId()))
			.forEach(this.registry::remove);
	}

	private boolean isOfOurs(Meter.Id id) {
		String service = id.getTag(SERVICE);
		String name = id.getName();
		boolean ours = name.startsWith("eas.") || name.equals(this.observations)
				|| name.startsWith(this.observations + ".");
		return ours && service != null && this.services.contains(service);
	}

}
