package io.eas.discovery;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.eas.http.FirstFailure;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The polling loop of a service: it polls, waits and polls again, from {@link #start} to
 * {@link #stop}. At most one poll is under way at a time, and the random delay begins
 * when a poll has ended. A good list replaces the known one; after any failure the list
 * stays. Not even an {@link Error} ends the loop: Reactor's operators rethrow errors that
 * Reactor considers fatal, so these are caught before they reach an operator.
 * Thread-safe.
 */
public final class DiscoveryPoller {

	private final InstanceDiscovery discovery;

	private final PolledInstances instances;

	private final PollSchedule schedule;

	private final PollListener listener;

	private final FirstFailure errors;

	private final FirstFailure listenerFailures;

	private final Scheduler scheduler;

	private final RandomGenerator random;

	private volatile @Nullable Disposable loop;

	/** The delay that is running, or null during a poll. */
	private volatile @Nullable Pause pause;

	/**
	 * Creates a loop without starting it.
	 * @param service the alias of the service, for the log
	 * @param discovery the discovery to poll
	 * @param instances receives the result of each poll
	 * @param schedule the delays between polls
	 * @param listener notified after each poll, on the thread that received the response
	 * @param scheduler runs the delays; not disposed by this class
	 * @param random the source of random delays
	 */
	public DiscoveryPoller(String service, InstanceDiscovery discovery, PolledInstances instances,
			PollSchedule schedule, PollListener listener, Scheduler scheduler, RandomGenerator random) {
		this.errors = new FirstFailure(service + ": a poll failed unexpectedly; polls go on");
		this.listenerFailures = new FirstFailure(service + ": a listener of discovery failed; polls go on");
		this.discovery = discovery;
		this.instances = instances;
		this.schedule = schedule;
		this.listener = listener;
		this.scheduler = scheduler;
		this.random = random;
	}

	/** Polls at once, and then as scheduled. Does nothing if already started. */
	public synchronized void start() {
		if (this.loop == null) {
			this.loop = Mono.defer(this::poll).repeatWhen((polls) -> polls.index().concatMap(this::pause)).subscribe();
		}
	}

	/**
	 * Stops the loop; a poll under way is cancelled and its connection closed. The loop
	 * can be started again.
	 */
	public synchronized void stop() {
		Disposable running = this.loop;
		this.loop = null;
		if (running != null) {
			running.dispose();
		}
	}

	/**
	 * Ends the current delay, so that the next poll starts now, on a thread of the
	 * scheduler. Does nothing during a poll, or if the loop isn't started.
	 */
	public void pollNow() {
		Pause current = this.pause;
		if (current != null) {
			current.end().tryEmitValue(0L);
		}
	}

	/**
	 * Returns the time until the next poll.
	 * @return the time, or null during a poll and if the loop isn't started
	 */
	public @Nullable Duration nextPoll() {
		Pause current = this.pause;
		return (current != null && this.loop != null)
				? Duration.ofMillis(Math.max(0, current.until() - this.scheduler.now(TimeUnit.MILLISECONDS))) : null;
	}

	private Mono<Long> pause(reactor.util.function.Tuple2<Long, Long> poll) {
		Duration wait = this.schedule.waitAfter(poll.getT1(), this.instances.state(), this.random);
		Pause next = new Pause(this.scheduler.now(TimeUnit.MILLISECONDS) + wait.toMillis(), Sinks.one());
		this.pause = next;
		return Mono.firstWithSignal(Mono.delay(wait, this.scheduler), next.end().asMono().publishOn(this.scheduler));
	}

	/**
	 * Polls once. The result is recorded exactly once, before the {@code Mono} completes.
	 */
	private Mono<Void> poll() {
		this.pause = null;
		return Mono.create((poll) -> {
			AtomicBoolean over = new AtomicBoolean();
			Consumer<Runnable> end = (note) -> {
				if (over.compareAndSet(false, true)) {
					end(poll, note);
				}
			};
			try {
				poll.onDispose(this.discovery.discover()
					.subscribe((answer) -> end.accept(() -> succeeded(answer)),
							(failure) -> end.accept(() -> failed(failure)), () -> end.accept(this::gotNothing)));
			}
			catch (Throwable ex) {
				end.accept(() -> failed(ex));
			}
		});
	}

	/**
	 * Records the result and ends the poll, even if the recording throws an exception, so
	 * that the polling loop continues.
	 */
	private void end(MonoSink<Void> poll, Runnable note) {
		try {
			note.run();
		}
		catch (Throwable ex) {
			this.errors.tell(ex);
		}
		poll.success();
	}

	private void gotNothing() {
		failed(new DiscoveryException("discovery gave no answer", null));
	}

	private void succeeded(DiscoveryAnswer answer) {
		InstanceList before = this.instances.current();
		InstanceList after;
		try {
			after = this.instances.succeed(answer.instances(), Source.DISCOVERY);
		}
		catch (Throwable ex) {
			failed(ex);
			return;
		}
		tell(() -> this.listener.succeeded(before, after, answer.rejected()));
	}

	private void failed(Throwable failure) {
		if (failure instanceof Error) {
			this.errors.tell(failure);
		}
		this.instances.fail((failure instanceof DiscoveryException explained) ? explained
				: new DiscoveryException(failure.toString(), failure));
		tell(() -> this.listener.failed(this.instances.state()));
	}

	/**
	 * Notifies the listener, whose exceptions neither end the loop nor make the poll
	 * fail.
	 */
	private void tell(Runnable news) {
		try {
			news.run();
		}
		catch (Throwable ex) {
			this.listenerFailures.tell(ex);
		}
	}

	/**
	 * A delay between two polls.
	 *
	 * @param until the end of the delay, in milliseconds of the scheduler's clock
	 * @param end ends the delay early
	 */
	private record Pause(long until, Sinks.One<Long> end) {
	}

}
