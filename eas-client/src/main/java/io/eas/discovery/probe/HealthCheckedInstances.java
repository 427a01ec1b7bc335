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
 * Checks the instances of one service and puts those that calls may go to into the cache
 * that calls see, as {@link Choice} says: with each poll, and at once when a result
 * changes that between polls. The age of the cached list remains that of the last good
 * poll. An instance keeps its results as long as it is listed or used. Thread-safe.
 */
public final class HealthCheckedInstances implements PolledInstances {

	private static final long GATHERING_MILLIS = 10;

	/** After a choice that failed. */
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
	 * Instances that aren't checked before the start.
	 * @param service the alias, for the log
	 * @param used the cache that calls see
	 * @param settings when to check, and what follows
	 * @param prober checks
	 * @param scheduler times the checks; not closed here
	 * @param random spreads them
	 * @param clock tells when lists were first seen
	 */
	public HealthCheckedInstances(String service, InstanceCache used, ProbeSettings settings, Prober prober,
			Scheduler scheduler, RandomGenerator random, Clock clock) {
		this(service, used, settings.threshold(), settings.beforeUse(), settings.period(), prober, scheduler, random,
				clock);
	}

	/** Whatever the period, which tests have shorter. */
	HealthCheckedInstances(String service, InstanceCache used, Threshold threshold, boolean beforeUse, Duration period,
			Prober prober, Scheduler scheduler, RandomGenerator random, Clock clock) {
		this.listed = new InstanceCache(clock);
		this.used = used;
		this.beforeUse = beforeUse;
		this.scheduler = scheduler;
		this.workers = new ProbeWorkers(prober, threshold, this::changed,
				() -> new ProbeRounds(period, scheduler, random));
		this.log = new ProbeLog(service);
		this.failures = new FirstFailure(service + ": what the probe says could not be heeded, which is tried again");
	}

	/**
	 * Checks each known instance at once, and from then on as set. Does nothing if
	 * already started.
	 */
	public synchronized void start() {
		this.workers.start();
	}

	/**
	 * Ends all checks, with the connections they use; the results stay, and so does the
	 * list that calls see. Can be started again.
	 */
	public synchronized void stop() {
		this.workers.stop();
	}

	/**
	 * The newest list of discovery, or what calls see where there was none yet.
	 */
	@Override
	public @Nullable InstanceList current() {
		InstanceList list = this.listed.current();
		return (list != null) ? list : this.used.current();
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * The list is that of the cache that calls see.
	 */
	@Override
	public DiscoveryState state() {
		return this.used.state();
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Or which instances are listed while none of them has passed yet.
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
	 * What the checks say about each instance.
	 * @return a snapshot by address, in the order of the addresses
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
	 * Chosen a moment later, so that changes that come together give one list, and on the
	 * timer's thread, so that a list of thousands, which takes some milliseconds, doesn't
	 * hold up an event loop. What else is timed, such as deadlines, is late by that.
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

	/** The last resort: results that could not be heeded yet are later. */
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

	/** What calls go to and the list doesn't have. */
	private List<EasInstance> departed(InstanceList list) {
		InstanceList current = this.used.current();
		if (current == null) {
			return List.of();
		}
		Set<EasInstance> kept = Set.copyOf(list.instances());
		return current.instances().stream().filter((instance) -> !kept.contains(instance)).toList();
	}

	/** Tells what has changed, and checks what is listed or used from now on. */
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
