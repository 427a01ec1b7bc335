package io.eas.metrics;

import java.util.List;

import io.eas.discovery.DiscoveryState;
import io.eas.discovery.PollListener;
import io.eas.instance.InstanceList;
import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;

/** Counts the polls of a service by outcome. Thread-safe. */
final class PollMeters implements PollListener {

	private final Counter succeeded;

	private final Counter failed;

	PollMeters(String service, EasMeters meters) {
		this.succeeded = counter(service, meters, "SUCCESS");
		this.failed = counter(service, meters, "FAILED");
	}

	private static Counter counter(String service, EasMeters meters, String outcome) {
		return meters.counter("eas.discovery.polls", "Polls of discovery for the list of instances", service, "outcome",
				outcome);
	}

	@Override
	public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
		this.succeeded.increment();
	}

	@Override
	public void failed(DiscoveryState state) {
		this.failed.increment();
	}

}
