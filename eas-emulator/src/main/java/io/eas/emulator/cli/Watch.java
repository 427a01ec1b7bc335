package io.eas.emulator.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.instance.InstanceEvent;
import io.eas.emulator.process.ProcessStartException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the events of all instances and reports them on one thread: each event at
 * once, and the state of all instances once no event has come for a moment.
 */
final class Watch {

	private static final long MOMENT_MILLIS = 300;

	/** The interval at which the watch tests whether the output is still read. */
	private static final long LOOK_MILLIS = 1000;

	/** While events keep coming, the state is reported after this number of events. */
	private static final int BURST = 20;

	private final Report report;

	private final BooleanSupplier closed;

	private final BlockingQueue<InstanceEvent> events = new LinkedBlockingQueue<>();

	/**
	 * Creates a watch.
	 * @param report receives events and states
	 * @param closed whether nobody reads the report any more
	 */
	Watch(Report report, BooleanSupplier closed) {
		this.report = report;
		this.closed = closed;
	}

	void accept(InstanceEvent event) {
		this.events.add(event);
	}

	/**
	 * Reports until the thread is interrupted or nobody reads the report any more, such
	 * as after {@code head} has ended.
	 * @throws ProcessStartException if every start of the command fails
	 */
	void follow(EasEmulator emulator) throws InterruptedException {
		this.report.started(emulator);
		while (!this.closed.getAsBoolean()) {
			InstanceEvent next = this.events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
			if (next == null) {
				continue;
			}
			burst(next);
			List<EmulatedInstance> instances = instances(emulator);
			this.report.state(instances);
			failIfNoneCanStart(instances);
		}
	}

	private void burst(InstanceEvent first) throws InterruptedException {
		@Nullable InstanceEvent next = first;
		for (int i = 0; next != null && i < BURST; i++) {
			this.report.event(next);
			next = this.events.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
		}
		if (next != null) {
			this.report.event(next);
		}
	}

	private static List<EmulatedInstance> instances(EasEmulator emulator) {
		return emulator.services().stream().flatMap((service) -> service.instances().stream()).toList();
	}

	private static void failIfNoneCanStart(List<EmulatedInstance> instances) {
		List<String> failures = instances.stream()
			.map(EmulatedInstance::startFailure)
			.flatMap(Optional::stream)
			.toList();
		if (!failures.isEmpty() && failures.size() == instances.size()) {
			throw new ProcessStartException(failures.get(0));
		}
	}

}
