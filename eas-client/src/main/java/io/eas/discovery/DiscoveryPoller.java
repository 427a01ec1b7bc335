package io.eas.discovery;

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
import reactor.core.scheduler.Scheduler;

/**
 * The one loop: polls, waits, polls again, from {@link #start} to {@link #stop}. There is
 * never more than one poll under way, and the wait is drawn after a poll has ended. A
 * good list replaces the known one; whatever else happens is noted and the list stays. No
 * {@link Error} ends the loop either: Reactor's operators throw those that it calls fatal
 * on, so they are caught before they get to one.
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

	private @Nullable Disposable loop;

	/**
	 * A loop that hasn't started.
	 * @param service the alias, for the log
	 * @param discovery what to ask
	 * @param instances told what polls give
	 * @param schedule when to ask
	 * @param listener told after each poll, on the thread the answer came on
	 * @param scheduler times the waits; not closed here
	 * @param random where waits are drawn from
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

	/**
	 * Polls at once, and from then on as scheduled. Does nothing if already started.
	 */
	public synchronized void start() {
		if (this.loop == null) {
			this.loop = Mono.defer(this::poll).repeatWhen((polls) -> polls.index().concatMap(this::pause)).subscribe();
		}
	}

	/**
	 * Ends the loop; a poll under way is cancelled and its connection closed. Can be
	 * started again.
	 */
	public synchronized void stop() {
		Disposable running = this.loop;
		this.loop = null;
		if (running != null) {
			running.dispose();
		}
	}

	private Mono<Long> pause(reactor.util.function.Tuple2<Long, Long> poll) {
		return Mono.delay(this.schedule.waitAfter(poll.getT1(), this.instances.state(), this.random), this.scheduler);
	}

	/**
	 * Completes once what came of the poll has been taken note of, which is just once.
	 */
	private Mono<Void> poll() {
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

	/** The last resort: the loop goes on. */
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

	/** Nothing that a listener does ends the loop or makes a poll fail. */
	private void tell(Runnable news) {
		try {
			news.run();
		}
		catch (Throwable ex) {
			this.listenerFailures.tell(ex);
		}
	}

}
