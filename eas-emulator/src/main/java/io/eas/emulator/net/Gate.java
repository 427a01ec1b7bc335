package io.eas.emulator.net;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Holds those who pass while it is shut, such as the requests at a frozen instance.
 * Thread-safe.
 */
public final class Gate {

	private final AtomicReference<Sinks.@Nullable Empty<Void>> barrier = new AtomicReference<>();

	private final Scheduler scheduler;

	/**
	 * An open gate.
	 * @param scheduler where those who were held go on
	 */
	public Gate(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/** Holds all who come from now on. */
	public void shut() {
		this.barrier.compareAndSet(null, Sinks.empty());
	}

	/** Lets everybody pass. */
	public void open() {
		Sinks.Empty<Void> held = this.barrier.getAndSet(null);
		if (held != null) {
			held.tryEmitEmpty();
		}
	}

	/**
	 * A way through.
	 * @return cold; completes at once while the gate is open, else when it is opened
	 */
	public Mono<Void> pass() {
		return Mono.defer(() -> {
			Sinks.Empty<Void> held = this.barrier.get();
			return (held != null) ? held.asMono().publishOn(this.scheduler) : Mono.empty();
		});
	}

}
