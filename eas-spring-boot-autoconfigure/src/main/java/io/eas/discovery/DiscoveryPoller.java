package io.eas.discovery;

import java.util.random.RandomGenerator;

import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The one loop: polls, waits, polls again, from {@link #start} to {@link #stop}. There is
 * never more than one poll under way, and the wait is drawn after a poll has ended. A
 * good list replaces the known one; whatever else happens is noted and the list stays.
 */
public final class DiscoveryPoller {

	private static final Log log = LogFactory.getLog(DiscoveryPoller.class);

	private final InstanceDiscovery discovery;

	private final PolledInstances instances;

	private final PollSchedule schedule;

	private final PollListener listener;

	private final Scheduler scheduler;

	private final RandomGenerator random;

	private @Nullable Disposable loop;

	/**
	 * A loop that hasn't started.
	 * @param discovery what to ask
	 * @param instances told what polls give
	 * @param schedule when to ask
	 * @param listener told after each poll, on the thread the answer came on
	 * @param scheduler times the waits; not closed here
	 * @param random where waits are drawn from
	 */
	public DiscoveryPoller(InstanceDiscovery discovery, PolledInstances instances, PollSchedule schedule,
			PollListener listener, Scheduler scheduler, RandomGenerator random) {
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
		return Mono.delay(this.schedule.waitAfter(poll.getT1(), this.random), this.scheduler);
	}

	private Mono<Void> poll() {
		return Mono.defer(this.discovery::discover)
			.switchIfEmpty(Mono.error(() -> new DiscoveryException("discovery gave no answer", null)))
			.doOnNext(this::succeeded)
			.onErrorResume(this::failed)
			.then();
	}

	private void succeeded(DiscoveryAnswer answer) {
		InstanceList before = this.instances.current();
		InstanceList after = this.instances.succeed(answer.instances(), Source.DISCOVERY);
		tell(() -> this.listener.succeeded(before, after, answer.rejected()));
	}

	private Mono<DiscoveryAnswer> failed(Throwable failure) {
		String reason = (failure instanceof DiscoveryException) ? String.valueOf(failure.getMessage())
				: failure.toString();
		this.instances.fail(reason);
		tell(() -> this.listener.failed(this.instances.state()));
		return Mono.empty();
	}

	/** Nothing that a listener does ends the loop or makes a poll fail. */
	private static void tell(Runnable news) {
		try {
			news.run();
		}
		catch (RuntimeException ex) {
			log.error("A listener of discovery failed", ex);
		}
	}

}
