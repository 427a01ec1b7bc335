package io.eas.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.eas.client.EasStartupException;
import io.eas.client.auth.TokenRefresh;
import io.eas.client.call.Admission;
import io.eas.client.call.ServiceClient;
import io.eas.client.request.CallSettings;
import io.eas.client.retry.RetryRules;
import io.eas.discovery.DiscoveryLog;
import io.eas.discovery.DiscoveryPoller;
import io.eas.discovery.DiscoveryState;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceDiscovery;
import io.eas.discovery.InstanceSource;
import io.eas.discovery.PollListener;
import io.eas.discovery.PollSchedule;
import io.eas.discovery.PolledInstances;
import io.eas.discovery.probe.HealthCheckedInstances;
import io.eas.discovery.probe.ProbeState;
import io.eas.discovery.snapshot.ListSnapshot;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.selection.InstanceDescription;
import io.eas.loadbalancer.selection.InstanceSelector;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * All the state of one service: its connections and retries, its list of instances, the
 * loop that refreshes the list, and the selection of instances. Services share no state,
 * and {@link #close} releases everything. Thread-safe.
 */
public final class EasService implements PollListener, AutoCloseable {

	private final ServiceClient client;

	private final InstanceSelector selector;

	private final InstanceSource source;

	private final InstanceCache cache;

	private final @Nullable HealthCheckedInstances healthChecked;

	private final ListSnapshot snapshot;

	private final @Nullable DiscoveryPoller poller;

	private final Scheduler files;

	private final @Nullable EngineLoadPoller engineLoads;

	private final DiscoveryLog log;

	private final PollListener listener;

	private volatile ServiceSettings settings;

	private TokenRefresh tokenRefresh;

	private volatile Stage stage = Stage.NEW;

	/**
	 * Creates a service without starting it.
	 * @param settings the settings of the service
	 * @param client the client that makes the calls
	 * @param selector the selector of the instance for each attempt
	 * @param source the source of the instances that calls go to: the cache, or the
	 * gateway
	 * @param cache the cache of instances, which is already filled if there is no
	 * discovery
	 * @param healthChecked puts the instances that pass their health checks into the
	 * cache, or null if instances aren't checked
	 * @param discovery the discovery of instances, or null if the list is fixed
	 * @param listener the listener of polls
	 * @param threads the threads for polls and files
	 * @param engineLoads asks engines for their load, or null if they aren't asked
	 */
	EasService(ServiceSettings settings, ServiceClient client, InstanceSelector selector, InstanceSource source,
			InstanceCache cache, @Nullable HealthCheckedInstances healthChecked, @Nullable Discovery discovery,
			PollListener listener, EasThreads threads, @Nullable EngineLoadPoller engineLoads) {
		this.settings = settings;
		this.client = client;
		this.selector = selector;
		this.source = source;
		this.cache = cache;
		this.healthChecked = healthChecked;
		this.listener = listener;
		this.log = new DiscoveryLog(client.name());
		this.engineLoads = engineLoads;
		this.files = threads.files();
		this.tokenRefresh = new TokenRefresh(client.settings().token(), this.files);
		this.snapshot = (discovery != null) ? discovery.snapshot() : ListSnapshot.NONE;
		PolledInstances polled = (healthChecked != null) ? healthChecked : cache;
		this.poller = (discovery != null) ? new DiscoveryPoller(client.name(), discovery.instances(), polled,
				discovery.schedule(), this, threads.polls(), RandomGenerator.getDefault()) : null;
		source.onWait(this::startIfNew);
	}

	/**
	 * Starts refreshing the list and the token, and accepts calls. If already started, it
	 * only accepts calls again.
	 */
	public synchronized void start() {
		this.client.connect();
		if (this.stage == Stage.RUNNING) {
			return;
		}
		this.stage = Stage.RUNNING;
		this.cache.startOver();
		this.snapshot.start();
		if (this.healthChecked != null) {
			this.healthChecked.start();
		}
		if (this.poller != null) {
			this.poller.start();
		}
		this.tokenRefresh.start();
		if (this.engineLoads != null) {
			this.engineLoads.start();
		}
	}

	/**
	 * Starts the service for a call that is made before the application has started, such
	 * as by the constructor of a bean. Otherwise the call would wait for a list that is
	 * never requested.
	 */
	private void startIfNew() {
		if (this.stage == Stage.NEW) {
			synchronized (this) {
				if (this.stage == Stage.NEW) {
					start();
				}
			}
		}
	}

	/**
	 * Blocks until there is a first list, as configured by {@link Startup}.
	 * @param started the {@link System#nanoTime} from which the timeout counts
	 * @throws EasStartupException if there is no list and the mode is
	 * {@link Startup.Mode#FAIL_FAST}
	 */
	void awaitFirstList(long started) {
		Startup startup = this.settings.discovery().startup();
		if (startup.mode() == Startup.Mode.LAZY) {
			return;
		}
		Duration rest = startup.timeout().minusNanos(System.nanoTime() - started);
		boolean known = this.cache.awaitFirst(rest.isNegative() ? Duration.ZERO : rest);
		Duration waited = Duration.ofNanos(System.nanoTime() - started);
		known = known || this.snapshot.restore() || this.cache.current() != null;
		if (!known && startup.mode() == Startup.Mode.FAIL_FAST) {
			Duration longest = startup.timeout();
			throw new EasStartupException(name(), (waited.compareTo(longest) < 0) ? waited : longest,
					this.client.lastFailure());
		}
	}

	/** Returns the settings with which the service was created or last updated. */
	ServiceSettings settings() {
		return this.settings;
	}

	/** See {@link EasServiceFactory#update}. */
	@SuppressWarnings("ReferenceEquality") // an unchanged token keeps its source
	synchronized void update(ServiceSettings settings, CallSettings calls) {
		boolean sameToken = calls.token() == this.client.settings().token();
		if (!sameToken) {
			// before the update, so that a call that has read the former token can use
			// the new token
			this.tokenRefresh.retire(calls.token());
		}
		this.settings = settings;
		this.client.update(calls);
		if (!sameToken) {
			this.tokenRefresh = new TokenRefresh(calls.token(), this.files);
			if (this.stage == Stage.RUNNING) {
				this.tokenRefresh.start();
			}
		}
	}

	/**
	 * Stops refreshing the list and the token. Calls can still be made, with the last
	 * list.
	 */
	public synchronized void stop() {
		this.stage = Stage.STOPPED;
		if (this.poller != null) {
			this.poller.stop();
		}
		if (this.healthChecked != null) {
			this.healthChecked.stop();
		}
		this.snapshot.stop();
		this.tokenRefresh.stop();
		if (this.engineLoads != null) {
			this.engineLoads.stop();
		}
	}

	/**
	 * Returns the number of calls that haven't ended.
	 * @return the number, including calls whose response is being streamed, calls that
	 * wait for their next attempt, and calls of load-balanced clients
	 */
	long inFlight() {
		return this.client.inFlight();
	}

	/** Returns the object that decides whether new calls are accepted. */
	Admission admission() {
		return this.client.admission();
	}

	/**
	 * Terminates all calls and closes the connections to all instances. New calls fail
	 * until the next start.
	 */
	public synchronized void disconnect() {
		this.client.disconnect();
	}

	@Override
	public void close() {
		stop();
		disconnect();
	}

	@Override
	@SuppressWarnings("ReferenceEquality") // an unchanged list is the same object
	public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
		this.log.succeeded(before, after, rejected);
		this.source.found();
		if (before != after || this.client.connectedInstances() > after.size()) {
			this.client.retain(after.or(this.cache.current()));
		}
		this.snapshot.succeeded(before, after, rejected);
		this.listener.succeeded(before, after, rejected);
	}

	@Override
	public void failed(DiscoveryState state) {
		this.log.failed(state);
		this.snapshot.failed(state);
		this.listener.failed(state);
	}

	/**
	 * Returns the alias of the service.
	 * @return the name under {@code eas.services}
	 */
	public String name() {
		return this.client.name();
	}

	/**
	 * Returns the client of this service.
	 * @return the client; always the same object
	 */
	public ServiceClient client() {
		return this.client;
	}

	/**
	 * Returns the cache of the instances.
	 * @return the cache; always the same object
	 */
	public InstanceCache cache() {
		return this.cache;
	}

	/**
	 * Returns the source of the instances that calls go to.
	 * @return the source; always the same object
	 */
	public InstanceSource source() {
		return this.source;
	}

	/**
	 * Returns the states of the health checks.
	 * @return a copy of the current states by address; empty if instances aren't checked
	 */
	public Map<String, ProbeState> probes() {
		return (this.healthChecked != null) ? this.healthChecked.states() : Map.of();
	}

	/**
	 * Returns a description of the current state of the service, for people to read.
	 * Accesses neither the network nor files.
	 * @param now the current time
	 * @return the description
	 */
	public ServiceDescription describe(Instant now) {
		DiscoveryState state = this.cache.state();
		List<InstanceDescription> used = this.selector.describe(state.list(), now);
		return new ServiceDescription(
				ServiceDescription.Listing.of(state, this.source.isFallingBack(),
						(this.poller != null) ? this.poller.nextPoll() : null, now),
				inFlight(), this.client.retryBudget(), ServiceDescription.probed(used,
						(this.healthChecked != null) ? this.healthChecked.current() : null, probes()));
	}

	/**
	 * Polls discovery now instead of at the end of the current delay, and doesn't wait
	 * for the result. Does nothing while a poll is under way, or if the service isn't
	 * started.
	 * @return false if there is no discovery, because the list is configured
	 */
	public boolean refresh() {
		if (this.poller != null) {
			this.poller.pollNow();
		}
		return this.poller != null;
	}

	/**
	 * Returns the selector of the instance for each attempt.
	 * @return the selector; always the same object
	 */
	public InstanceSelector selector() {
		return this.selector;
	}

	/**
	 * Returns the name of the request header that contains the hash key of a call.
	 * @return the name, or null
	 */
	public @Nullable String hashHeader() {
		return this.client.hashHeader();
	}

	/**
	 * Returns the maximum duration of a call that begins now.
	 * @return the duration, including retries
	 */
	public Duration requestTimeout() {
		return this.client.requestTimeout();
	}

	/**
	 * Returns the retry rules.
	 * @return the rules of calls that begin now
	 */
	public RetryRules rules() {
		return this.client.rules();
	}

	@Override
	public String toString() {
		return "EAS service " + name();
	}

	/** The lifecycle stage; a stopped service can be started again. */
	private enum Stage {

		NEW, RUNNING, STOPPED

	}

	/**
	 * The discovery of the instances of a service.
	 *
	 * @param instances the discovery to poll
	 * @param schedule the delays between polls
	 * @param snapshot the snapshot of an earlier run
	 */
	public record Discovery(InstanceDiscovery instances, PollSchedule schedule, ListSnapshot snapshot) {
	}

}
