package io.eas.emulator.net;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * A gate that holds up its subscribers, such as the requests to a frozen instance, while
 * it is shut. Thread-safe.
 */
public final class Gate {

	private final AtomicReference<Sinks.@Nullable Empty<Void>> barrier = new AtomicReference<>();

	private final Scheduler scheduler;

	/**
	 * Creates an open gate.
	 * @param scheduler the scheduler on which held subscribers continue
	 */
	public Gate(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/** Shuts the gate. All subscribers that arrive from now on are held up. */
	public void shut() {
		this.barrier.compareAndSet(null, Sinks.empty());
	}

	/** Opens the gate, also for the subscribers that are held up. */
	public void open() {
		Sinks.Empty<Void> held = this.barrier.getAndSet(null);
		if (held != null) {
			held.tryEmitEmpty();
		}
	}

	/**
	 * Passes the gate.
	 * @return cold; completes at once while the gate is open, otherwise when it is opened
	 */
	public Mono<Void> pass() {
		return Mono.defer(() -> {
			Sinks.Empty<Void> held = this.barrier.get();
			return (held != null) ? held.asMono().publishOn(this.scheduler) : Mono.empty();
		});
	}

}
