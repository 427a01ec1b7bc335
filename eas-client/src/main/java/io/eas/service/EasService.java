package io.eas.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.eas.client.EasClient;
import io.eas.client.EasStartupException;
import io.eas.client.auth.TokenRefresh;
import io.eas.client.auth.TokenSource;
import io.eas.client.call.ServiceClient;
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
import io.eas.discovery.snapshot.NoSnapshot;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.selection.InstanceSelector;
import org.jspecify.annotations.Nullable;

/**
 * All the state of one service: its list of instances, the loop that refreshes it, picks,
 * connections, retries. Nothing is shared with other services, and {@link #close} ends
 * all of it. Thread-safe.
 */
public final class EasService implements PollListener, AutoCloseable {

	private final ServiceClient client;

	private final InstanceSelector selector;

	private final InstanceSource source;

	private final InstanceCache cache;

	private final @Nullable HealthCheckedInstances healthChecked;

	private final ListSnapshot snapshot;

	private final @Nullable DiscoveryPoller poller;

	private final TokenRefresh tokenRefresh;

	private final Startup startup;

	private final DiscoveryLog log;

	private final PollListener listener;

	private volatile Stage stage = Stage.NEW;

	/**
	 * A service that isn't started.
	 * @param client makes its calls
	 * @param selector selects the instance of each attempt
	 * @param source where calls go: to the instances of the cache, or through the gateway
	 * @param cache the list of instances, already filled where there is no discovery
	 * @param healthChecked puts into the cache what has passed its checks, or null where
	 * nothing is checked
	 * @param discovery where the list comes from, or null where it is fixed
	 * @param startup what a start waits for
	 * @param listener hears how each poll ended
	 * @param threads run polls and read files
	 * @param token read again where it is in a file, or null
	 */
	public EasService(ServiceClient client, InstanceSelector selector, InstanceSource source, InstanceCache cache,
			@Nullable HealthCheckedInstances healthChecked, @Nullable Discovery discovery, Startup startup,
			PollListener listener, EasThreads threads, @Nullable TokenSource token) {
		this.client = client;
		this.selector = selector;
		this.source = source;
		this.cache = cache;
		this.healthChecked = healthChecked;
		this.startup = startup;
		this.listener = listener;
		this.log = new DiscoveryLog(client.name());
		this.tokenRefresh = new TokenRefresh(token, threads.files());
		this.snapshot = (discovery != null) ? discovery.snapshot() : new NoSnapshot();
		PolledInstances polled = (healthChecked != null) ? healthChecked : cache;
		this.poller = (discovery != null) ? new DiscoveryPoller(client.name(), discovery.instances(), polled,
				discovery.schedule(), this, threads.polls(), RandomGenerator.getDefault()) : null;
		source.onWait(this::startIfNew);
	}

	/**
	 * Starts refreshing the list and the token. Does nothing if already started, but for
	 * letting calls be made.
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
	}

	/**
	 * A call that is made before the application has started, as by the constructor of a
	 * bean, would otherwise wait for a list that nobody asks for.
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
	 * Waits for the first list as configured. Blocks.
	 * @param started the {@link System#nanoTime} from which on time counts
	 * @throws EasStartupException if there must be a list and is none
	 */
	void awaitFirstList(long started) {
		if (this.startup.mode() == Startup.Mode.LAZY) {
			return;
		}
		Duration rest = this.startup.timeout().minusNanos(System.nanoTime() - started);
		boolean known = this.cache.awaitFirst(rest.isNegative() ? Duration.ZERO : rest);
		Duration waited = Duration.ofNanos(System.nanoTime() - started);
		known = known || this.snapshot.restore() || this.cache.current() != null;
		if (!known && this.startup.mode() == Startup.Mode.FAIL_FAST) {
			Duration longest = this.startup.timeout();
			throw new EasStartupException(name(), (waited.compareTo(longest) < 0) ? waited : longest,
					this.client.lastFailure());
		}
	}

	/**
	 * Stops refreshing; calls go on with the last list.
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
	}

	/**
	 * The calls that haven't ended.
	 * @return those included whose answer is being streamed, or that wait for their next
	 * attempt, and those of load-balanced clients
	 */
	long inFlight() {
		return this.client.inFlight();
	}

	/**
	 * Has all new calls fail, until the next start. Those that have begun go on.
	 */
	void refuse() {
		this.client.refuse();
	}

	/**
	 * The same, and calls say that the clients were closed, unless they failed before.
	 */
	void refuseAsClosed() {
		this.client.refuseAsClosed();
	}

	/** Whether new calls fail. */
	boolean refuses() {
		return this.client.isRefusing();
	}

	/**
	 * Ends all calls, and closes the connections to all instances. Until the next start
	 * calls fail.
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
	 * The alias.
	 * @return the name under {@code eas.services}
	 */
	public String name() {
		return this.client.name();
	}

	/**
	 * The client of this service.
	 * @return always the same
	 */
	public EasClient client() {
		return this.client;
	}

	/**
	 * The list of instances.
	 * @return always the same cache
	 */
	public InstanceCache cache() {
		return this.cache;
	}

	/**
	 * Where calls go.
	 * @return always the same
	 */
	public InstanceSource source() {
		return this.source;
	}

	/**
	 * What the checks of the instances say.
	 * @return a snapshot by address; empty where nothing is checked
	 */
	public Map<String, ProbeState> probes() {
		return (this.healthChecked != null) ? this.healthChecked.states() : Map.of();
	}

	/**
	 * Calls that were made while new ones {@linkplain #refuse fail}.
	 * @return how many, since they were taken last
	 */
	public long refused() {
		return this.client.refused();
	}

	/**
	 * What selects the instance of each attempt.
	 * @return always the same
	 */
	public InstanceSelector selector() {
		return this.selector;
	}

	/**
	 * The header whose value is the hash key of calls.
	 * @return its name, or null
	 */
	public @Nullable String hashHeader() {
		return this.client.hashHeader();
	}

	/**
	 * The time of a whole call.
	 * @return with its retries
	 */
	public Duration requestTimeout() {
		return this.client.requestTimeout();
	}

	/**
	 * What is tried again.
	 * @return always the same
	 */
	public RetryRules rules() {
		return this.client.rules();
	}

	@Override
	public String toString() {
		return "EAS service " + name();
	}

	/** Where it is in its life; it may be started again after a stop. */
	private enum Stage {

		NEW, RUNNING, STOPPED

	}

	/**
	 * Where the list comes from, and how often.
	 *
	 * @param instances asks
	 * @param schedule when to ask
	 * @param snapshot what an earlier run knew
	 */
	public record Discovery(InstanceDiscovery instances, PollSchedule schedule, ListSnapshot snapshot) {
	}

}
