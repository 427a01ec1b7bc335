package io.eas.discovery.probe;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

import io.eas.discovery.DiscoveryException;
import io.eas.discovery.DiscoveryState;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.PolledInstances;
import io.eas.http.FirstFailure;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Sends health checks to the instances of a service, and puts the instances that calls
 * may go to, according to {@link Choice}, into the cache that calls use. The cache is
 * updated with each poll, and between polls as soon as a result changes the choice. The
 * age of the cached list is counted from the last good poll. An instance keeps its
 * results as long as it is listed or used. Thread-safe.
 */
public final class HealthCheckedInstances implements PolledInstances {

	private static final long GATHERING_MILLIS = 10;

	/** The delay after a choice that failed with an exception. */
	private static final long AGAIN_MILLIS = 1000;

	private final InstanceCache listed;

	private final InstanceCache used;

	private final boolean beforeUse;

	private final Scheduler scheduler;

	private final ProbeWorkers workers;

	private final ProbeLog log;

	private final FirstFailure failures;

	private final Queue<Change> changes = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean choosing = new AtomicBoolean();

	/**
	 * Creates the health checks of a service without starting them.
	 * @param service the alias of the service, for the log
	 * @param used the cache that calls use
	 * @param settings the settings of the health checks
	 * @param prober sends a health check
	 * @param scheduler runs the health checks; not disposed by this class
	 * @param random the source of random numbers, which spreads the health checks over
	 * time
	 * @param clock the clock for the time at which lists were fetched
	 */
	public HealthCheckedInstances(String service, InstanceCache used, ProbeSettings settings, Prober prober,
			Scheduler scheduler, RandomGenerator random, Clock clock) {
		this(service, used, settings.threshold(), settings.beforeUse(), settings.period(), prober, scheduler, random,
				clock);
	}

	/** Creates the health checks with any period, for tests. */
	HealthCheckedInstances(String service, InstanceCache used, Threshold threshold, boolean beforeUse, Duration period,
			Prober prober, Scheduler scheduler, RandomGenerator random, Clock clock) {
		this.listed = new InstanceCache(clock);
		this.used = used;
		this.beforeUse = beforeUse;
		this.scheduler = scheduler;
		this.workers = new ProbeWorkers(prober, threshold, this::changed,
				() -> new ProbeRounds(period, scheduler, random));
		this.log = new ProbeLog(service);
		this.failures = new FirstFailure(service + ": the results of the probe could not be applied; trying again");
	}

	/**
	 * Checks each known instance at once, and then periodically. Does nothing if already
	 * started.
	 */
	public synchronized void start() {
		this.workers.start();
	}

	/**
	 * Stops all checks and closes their connections. The results and the list that calls
	 * use are kept. The checks can be started again.
	 */
	public synchronized void stop() {
		this.workers.stop();
	}

	/**
	 * Returns the last list of discovery or, before the first one, the list that calls
	 * use.
	 */
	@Override
	public @Nullable InstanceList current() {
		InstanceList list = this.listed.current();
		return (list != null) ? list : this.used.current();
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * The state contains the list that calls use.
	 */
	@Override
	public DiscoveryState state() {
		return this.used.state();
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * If instances are listed, but none of them has passed yet, the explanation is the
	 * result of their health checks.
	 */
	@Override
	public @Nullable String lastFailure() {
		InstanceList list = this.listed.current();
		if (list == null || this.used.current() != null) {
			return PolledInstances.super.lastFailure();
		}
		Probed first = this.workers.probed(list.instances().get(0));
		return "none of " + list.size() + " listed instance(s) has passed the probe yet, the first: "
				+ first.instance().address() + " (" + first.tally().reason() + ")";
	}

	/**
	 * Returns the state of the health checks of each instance.
	 * @return a copy of the current states by address, in the order of the instances
	 */
	public Map<String, ProbeState> states() {
		return this.workers.states();
	}

	@Override
	public synchronized InstanceList succeed(List<EasInstance> instances, Source source) {
		InstanceList list = this.listed.succeed(instances, source);
		Choice choice = choose(list);
		if (choice.instances().isEmpty()) {
			this.used.confirm();
		}
		else {
			this.used.succeed(choice.instances(), source);
		}
		settle(list, choice);
		return list;
	}

	@Override
	public void fail(DiscoveryException failure) {
		this.used.fail(failure);
	}

	/**
	 * Schedules a new choice. A short delay combines simultaneous changes into one new
	 * list. The choice runs on the timer's thread because it takes a few milliseconds for
	 * thousands of instances, and must not block an event loop for that long. It delays
	 * other tasks of the timer, such as deadlines.
	 */
	private void changed(Change change) {
		this.changes.add(change);
		chooseAgainIn(GATHERING_MILLIS);
	}

	private void chooseAgainIn(long millis) {
		if (this.choosing.compareAndSet(false, true)) {
			this.scheduler.schedule(this::chooseAgain, millis, TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Makes a new choice. After any failure, the choice is repeated later, so that no
	 * result is lost.
	 */
	private void chooseAgain() {
		this.choosing.set(false);
		try {
			chooseOfListed();
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
			chooseAgainIn(AGAIN_MILLIS);
		}
	}

	private synchronized void chooseOfListed() {
		InstanceList list = this.listed.current();
		if (list != null) {
			Choice choice = choose(list);
			if (!choice.instances().isEmpty()) {
				this.used.use(choice.instances(), list.source());
			}
			settle(list, choice);
		}
	}

	private Choice choose(InstanceList list) {
		List<Probed> candidates = list.instances().stream().map(this.workers::probed).toList();
		return Choice.of(candidates, departed(list).stream().map(this.workers::probed).toList(), this.beforeUse);
	}

	/** Returns the instances that calls go to, although they are not in the list. */
	private List<EasInstance> departed(InstanceList list) {
		InstanceList current = this.used.current();
		if (current == null) {
			return List.of();
		}
		Set<EasInstance> kept = Set.copyOf(list.instances());
		return current.instances().stream().filter((instance) -> !kept.contains(instance)).toList();
	}

	/**
	 * Logs the changes. From now on, health checks go to the listed instances and to
	 * those that calls use.
	 */
	private void settle(InstanceList list, Choice choice) {
		List<Change> changed = new ArrayList<>();
		for (Change change = this.changes.poll(); change != null; change = this.changes.poll()) {
			changed.add(change);
		}
		changed.removeIf((change) -> !this.workers.know(change.instance()));
		InstanceList current = this.used.current();
		this.log.changed(changed);
		this.log.chosen(choice.basis(), (current != null) ? current.size() : 0, list.size());
		this.workers.watch(list.or(current));
	}

}
