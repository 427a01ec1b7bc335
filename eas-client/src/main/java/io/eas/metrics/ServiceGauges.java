package io.eas.metrics;

import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

import io.eas.discovery.probe.Verdict;
import io.eas.instance.InstanceList;
import io.eas.service.EasService;
import io.micrometer.core.instrument.Tags;

/**
 * Gauges of what is known of the instances of services. They read memory only.
 */
public final class ServiceGauges {

	private final EasMeters meters;

	private final Clock clock;

	/**
	 * Gauges of no service yet.
	 * @param meters where they go
	 * @param clock tells how old a list is
	 */
	public ServiceGauges(EasMeters meters, Clock clock) {
		this.meters = meters;
		this.clock = clock;
	}

	/**
	 * Adds those of a service, whose list needn't be there yet.
	 * @param service the service; not kept from being collected
	 * @param seen what there is to see of it
	 */
	public void add(EasService service, ObservedService seen) {
		if (seen.discovery()) {
			this.meters.gauge("eas.discovery.age", "Time since discovery last gave the list", "seconds", service,
					Tags.empty(), this::age);
		}
		this.meters.gauge("eas.client.attempts.active", "Attempts of calls that are under way", "attempts", service,
				Tags.empty(), (known) -> known.selector().inFlight());
		count(service, "live", ServiceGauges::live);
		count(service, "ejected", ServiceGauges::ejected);
		if (seen.probed()) {
			count(service, "unproven", (known) -> probed(known, Verdict.UNPROVEN));
			count(service, "failing", (known) -> probed(known, Verdict.FAILING));
		}
	}

	private void count(EasService service, String state, ToDoubleFunction<EasService> value) {
		this.meters.gauge("eas.discovery.instances", "Instances that are known", "instances", service,
				Tags.of("state", state), value);
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
