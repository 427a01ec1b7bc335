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
 * Asks for one kind of check of one instance when it is due. Only ticks: what a result
 * means is the {@link Lifecycle}'s to say. The ticks belong to the instance and go on
 * through restarts, so a process is first checked up to one period after its start.
 * Thread-safe.
 *
 * <p>
 * Source: {@code run} in kubernetes {@code pkg/kubelet/prober/worker.go}.
 */
public final class ProbeWorker {

	private static final Logger logger = LoggerFactory.getLogger(ProbeWorker.class);

	/** A check that has a time limit of its own has long ended. */
	private static final Duration LOST = Duration.ofMinutes(1);

	private final CheckKind kind;

	private final HealthCheck check;

	private final Probing probing;

	private final Supplier<Lifecycle> lifecycle;

	private final Consumer<LifecycleEvent> events;

	private final Clock clock;

	/** Whether a tick, or a trigger, waits; as in the kubelet's channels, one of each. */
	private final AtomicBoolean ticked = new AtomicBoolean();

	private final AtomicBoolean triggered = new AtomicBoolean();

	private volatile @Nullable FluxSink<AtomicBoolean> turns;

	/**
	 * Stores what it works with.
	 * @param kind what the check is for
	 * @param check the check, with its period
	 * @param probing does it
	 * @param lifecycle the instance's life as it is now
	 * @param events takes {@link LifecycleEvent.Probed}, on any thread
	 * @param clock the time
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
	 * One turn: if the check is due, one check and one event.
	 * @return cold; completes once the event was taken, or at once. Cancelling ends the
	 * check.
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
	 * Reactor throws some {@code Error}s on, which would end all further ticks. Those
	 * that are thrown on another thread aren't seen here; such a check is given up in
	 * time.
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
	 * Ticks at once and then every period, never twice at a time: of the ticks that fall
	 * into a check only one is made up for, right after it, as with Go's ticker.
	 * @param scheduler where time passes
	 * @return ends the ticks, and a check that is being done
	 */
	public Disposable start(Scheduler scheduler) {
		// a period of less than a second is not the kubelet's
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
	 * Gives it a turn besides its ticks: now, or right after the check that is being
	 * done. Does nothing before the start.
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

	/** Like the kubelet, which lets no error end a worker. */
	private Mono<Void> passOver(Throwable ex) {
		logger.error("the worker of {} failed in one tick and goes on with the next", this.kind.key(), ex);
		return Mono.empty();
	}

}
