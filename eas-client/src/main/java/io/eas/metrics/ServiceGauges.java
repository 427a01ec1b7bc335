package io.eas.metrics;

import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

import io.eas.discovery.probe.Verdict;
import io.eas.instance.InstanceList;
import io.eas.service.EasService;
import io.micrometer.core.instrument.Tags;

/** Gauges of the instances of services. Reading a gauge never blocks. */
public final class ServiceGauges {

	private final EasMeters meters;

	private final Clock clock;

	/**
	 * Creates an object without gauges.
	 * @param meters the meters that the gauges are added to
	 * @param clock the clock for the age of a list
	 */
	public ServiceGauges(EasMeters meters, Clock clock) {
		this.meters = meters;
		this.clock = clock;
	}

	/**
	 * Adds the gauges of a service, which needn't have a list yet.
	 * @param service the service; only weakly referenced
	 * @param seen the observable state of the service
	 */
	public void add(EasService service, ObservedService seen) {
		if (seen.discovery()) {
			this.meters.gauge("eas.discovery.age", "Time since discovery last returned the list of instances",
					"seconds", service, Tags.empty(), this::age);
		}
		this.meters.gauge("eas.client.attempts.active", "Attempts of calls that are under way", null, service,
				Tags.empty(), (known) -> known.selector().inFlight());
		count(service, "live", ServiceGauges::live);
		count(service, "ejected", ServiceGauges::ejected);
		if (seen.probed()) {
			count(service, "unproven", (known) -> probed(known, Verdict.UNPROVEN));
			count(service, "failing", (known) -> probed(known, Verdict.FAILING));
		}
	}

	private void count(EasService service, String state, ToDoubleFunction<EasService> value) {
		this.meters.gauge("eas.discovery.instances", "Known instances by state", null, service, Tags.of("state", state),
				value);
	}

	private double age(EasService service) {
		Duration age = service.cache().state().age(this.clock.instant());
		return (age != null) ? age.toNanos() / 1e9 : Double.NaN;
	}

	private static double live(EasService service) {
		InstanceList list = service.cache().current();
		return (list != null) ? list.size() - service.selector().ejected(list) : 0;
	}

	private static double ejected(EasService service) {
		InstanceList list = service.cache().current();
		return (list != null) ? service.selector().ejected(list) : 0;
	}

	private static double probed(EasService service, Verdict verdict) {
		return service.probes().values().stream().filter((state) -> state.verdict() == verdict).count();
	}

}
