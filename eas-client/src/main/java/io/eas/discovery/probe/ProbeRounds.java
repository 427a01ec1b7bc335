package io.eas.discovery.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Schedules the ticks of workers from {@link #start} to {@link #stop}. A worker ticks at
 * once, then after a random part of the period, so that the workers of a new list spread
 * out, and then once per period. At most {@value #MOST_AT_ONCE} workers check at a time;
 * the other workers wait in the order in which they are due. No worker is queued twice.
 * Not thread-safe: called by one thread at a time.
 */
final class ProbeRounds {

	static final int MOST_AT_ONCE = 64;

	private static final Log log = LogFactory.getLog(ProbeRounds.class);

	private final Duration period;

	private final Scheduler.Worker timer;

	private final RandomGenerator random;

	private final Map<ProbeWorker, Turns> workers = new HashMap<>();

	/**
	 * The queue of the workers that are due; only the timer's single thread adds to it.
	 */
	private final Sinks.Many<Turns> due = Sinks.many().unicast().onBackpressureBuffer();

	private @Nullable Disposable checks;

	/**
	 * Creates a schedule without starting it. It can be started only once.
	 * @param period the time from one tick of a worker to the next
	 * @param scheduler runs the ticks; not disposed by this class
	 * @param random the source of random numbers for the first delay
	 */
	ProbeRounds(Duration period, Scheduler scheduler, RandomGenerator random) {
		this.period = period;
		this.timer = scheduler.createWorker();
		this.random = random;
	}

	void start() {
		this.checks = this.due.asFlux().flatMap(Turns::take, MOST_AT_ONCE).subscribe();
	}

	/** Stops all ticks, and cancels the checks under way. */
	void stop() {
		this.timer.dispose();
		if (this.checks != null) {
			this.checks.dispose();
		}
	}

	/**
	 * Sets the workers that tick: starts new workers, stops workers that are no longer
	 * wanted, and cancels their checks in progress.
	 */
	void watch(Collection<ProbeWorker> wanted) {
		Set<ProbeWorker> kept = Set.copyOf(wanted);
		this.workers.entrySet().removeIf((entry) -> {
			boolean gone = !kept.contains(entry.getKey());
			if (gone) {
				entry.getValue().end();
			}
			return gone;
		});
		List<Turns> begun = new ArrayList<>();
		for (ProbeWorker worker : wanted) {
			if (!this.workers.containsKey(worker)) {
				Turns turns = new Turns(worker);
				this.workers.put(worker, turns);
				begun.add(turns);
			}
		}
		begun.forEach(this::begin);
	}

	private void begin(Turns turns) {
		long nanos = this.period.toNanos();
		long second = (long) (this.random.nextDouble() * nanos);
		turns.ticks.add(this.timer.schedule(turns::due));
		turns.ticks.add(this.timer.schedulePeriodically(turns::due, second, nanos, TimeUnit.NANOSECONDS));
	}

	/** The ticks of one worker. */
	private final class Turns {

		private final ProbeWorker worker;

		private final Disposable.Composite ticks = Disposables.composite();

		private final Sinks.Empty<Void> end = Sinks.empty();

		/** Whether the worker is neither waiting for its turn nor checking. */
		private final AtomicBoolean idle = new AtomicBoolean(true);

		Turns(ProbeWorker worker) {
			this.worker = worker;
		}

		/** Adds the worker to the queue. A tick during a wait or a check is dropped. */
		void due() {
			if (this.idle.compareAndSet(true, false) && ProbeRounds.this.due.tryEmitNext(this).isFailure()) {
				this.idle.set(true);
			}
		}

		Mono<Void> take() {
			Mono<Void> tick = this.ticks.isDisposed() ? Mono.empty() : this.worker.tick();
			return tick.takeUntilOther(this.end.asMono())
				.onErrorResume(this::passOver)
				.doFinally((signal) -> this.idle.set(true));
		}

		/** Logs an error, which doesn't end the schedule. */
		private Mono<Void> passOver(Throwable ex) {
			log.error("A probe failed unexpectedly; later probes continue", ex);
			return Mono.empty();
		}

		void end() {
			this.ticks.dispose();
			this.end.tryEmitEmpty();
		}

	}

}
