package io.eas.emulator.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.HealthCheck;
import io.eas.emulator.probe.ProbeResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Triggers one kind of check of one instance periodically. The {@link Lifecycle} decides
 * whether a check is due and what its result means. The ticks belong to the instance and
 * continue through restarts, so a process is first checked up to one period after its
 * start. Thread-safe.
 *
 * <p>
 * Source: {@code run} in kubernetes {@code pkg/kubelet/prober/worker.go}.
 */
public final class ProbeWorker {

	private static final Logger logger = LoggerFactory.getLogger(ProbeWorker.class);

	/**
	 * The time after which a check is given up. Checks have shorter time limits of their
	 * own.
	 */
	private static final Duration LOST = Duration.ofMinutes(1);

	private final CheckKind kind;

	private final HealthCheck check;

	private final Probing probing;

	private final Supplier<Lifecycle> lifecycle;

	private final Consumer<LifecycleEvent> events;

	private final Clock clock;

	/**
	 * Whether a tick or a trigger is pending: at most one of each, as in the kubelet's
	 * channels.
	 */
	private final AtomicBoolean ticked = new AtomicBoolean();

	private final AtomicBoolean triggered = new AtomicBoolean();

	private volatile @Nullable FluxSink<AtomicBoolean> turns;

	/**
	 * Creates a worker.
	 * @param kind the kind of check
	 * @param check the check with its period
	 * @param probing carries out the check
	 * @param lifecycle supplies the instance's current lifecycle
	 * @param events receives {@link LifecycleEvent.Probed}, on any thread
	 * @param clock the clock
	 */
	public ProbeWorker(CheckKind kind, HealthCheck check, Probing probing, Supplier<Lifecycle> lifecycle,
			Consumer<LifecycleEvent> events, Clock clock) {
		this.kind = kind;
		this.check = check;
		this.probing = probing;
		this.lifecycle = lifecycle;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Carries out one tick: if the check is due, runs it once and publishes its result as
	 * an event.
	 * @return cold; completes once the event was handled, or at once if the check isn't
	 * due. Cancelling ends the check.
	 */
	public Mono<Void> tick() {
		return guarded(() -> {
			Lifecycle now = this.lifecycle.get();
			return now.isDue(this.kind, this.clock.instant()) ? check(now.run()) : Mono.empty();
		});
	}

	private Mono<Void> check(int run) {
		return guarded(() -> this.probing.probe(this.check))
			.onErrorResume((ex) -> Mono.just(new ProbeResult.Discarded("cannot check: " + ex)))
			.flatMap((result) -> guarded(() -> {
				this.events.accept(new LifecycleEvent.Probed(run, this.kind, result, this.clock.instant()));
				return Mono.<Void>empty();
			}));
	}

	/**
	 * Turns exceptions into error signals. Reactor rethrows some {@code Error}s, which
	 * would end all further ticks. Errors on another thread can't be caught here; a check
	 * with such an error is given up after a time limit.
	 */
	private static <T> Mono<T> guarded(Supplier<Mono<T>> step) {
		return Mono.create((sink) -> {
			try {
				sink.onCancel(step.get().subscribe(sink::success, sink::error, sink::success));
			}
			catch (Throwable ex) {
				sink.error(ex);
			}
		});
	}

	/**
	 * Starts the ticks: one at once and then one per period, never concurrently. If
	 * several ticks become due during a check, one follows right after the check and the
	 * others are dropped, as with Go's ticker.
	 * @param scheduler the scheduler of the ticks
	 * @return ends the ticks and a running check when disposed
	 */
	public Disposable start(Scheduler scheduler) {
		// the kubelet has no period of less than a second
		int period = Math.max(1, this.check.timings().periodSeconds());
		Duration limit = LOST.plusSeconds(this.check.timings().timeoutSeconds());
		return Flux.<AtomicBoolean>create((sink) -> {
			this.turns = sink;
			sink.onDispose(scheduler.schedulePeriodically(() -> add(this.ticked), 0, period, TimeUnit.SECONDS));
		}).concatMap((turn) -> {
			turn.set(false);
			return tick().timeout(limit, scheduler).onErrorResume(this::passOver);
		}, 0).subscribe();
	}

	/**
	 * Triggers an additional tick, now or right after a running check. Has no effect
	 * before the start.
	 */
	public void trigger() {
		add(this.triggered);
	}

	private void add(AtomicBoolean turn) {
		FluxSink<AtomicBoolean> waiting = this.turns;
		if (waiting != null && turn.compareAndSet(false, true)) {
			waiting.next(turn);
		}
	}

	/**
	 * Logs an error and continues, as the kubelet does, so that no error ends the worker.
	 */
	private Mono<Void> passOver(Throwable ex) {
		logger.error("the worker of {} failed in one tick and goes on with the next", this.kind.key(), ex);
		return Mono.empty();
	}

}
