package io.eas.client;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.eas.discovery.Destinations;
import io.eas.discovery.DiscoveryLog;
import io.eas.discovery.DiscoveryPoller;
import io.eas.discovery.DiscoveryState;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.PollListener;
import io.eas.client.EasException.Attempt;
import io.eas.http.FirstFailure;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.InstancePicks;
import io.eas.probe.ProbeState;
import io.eas.probe.ProvenInstances;
import io.eas.snapshot.ListSnapshot;
import io.eas.snapshot.NoSnapshot;
import io.github.resilience4j.retry.Retry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpMethod;

/**
 * All the state of one service: its list of instances, the loop that refreshes it, picks,
 * connections, retries. Nothing is shared with other services, and {@link #close} ends
 * all of it. Thread-safe.
 */
public final class EasService implements PollListener, AutoCloseable {

	private final ServiceParts parts;

	private final Authentication authentication;

	private final InstanceTransport transport;

	private final GuardedCalls calls;

	private final FirstFailure retryListeners;

	private final EncodedPaths paths;

	private final DiscoveryLog log;

	private final ListSnapshot snapshot;

	private final EasClient client = new ServiceClient(this);

	private final @Nullable DiscoveryPoller poller;

	private final TokenRefresh tokenRefresh;

	private volatile Sinks.Empty<Void> disconnection = Sinks.empty();

	private volatile boolean disconnected;

	/**
	 * A service that isn't started.
	 * @param parts what it is made of
	 */
	public EasService(ServiceParts parts) {
		this.parts = parts;
		this.authentication = parts.scheme().with(parts.token(), parts.clock());
		this.transport = new InstanceTransport(parts);
		this.calls = new GuardedCalls(parts.listeners().calls(), parts.name());
		this.retryListeners = new FirstFailure(
				parts.name() + ": a listener of its Resilience4j retry failed; calls go on without it");
		this.paths = new EncodedPaths(parts.path());
		ServiceParts.Discovery discovery = parts.discovery();
		this.poller = (discovery != null) ? new DiscoveryPoller(parts.name(), discovery.instances(), parts.polled(),
				discovery.schedule(), this, parts.threads().polls(), RandomGenerator.getDefault()) : null;
		this.log = new DiscoveryLog(parts.name());
		this.tokenRefresh = new TokenRefresh(parts.token(), parts.threads().files());
		this.snapshot = (discovery != null) ? discovery.snapshot() : new NoSnapshot();
	}

	/**
	 * Starts refreshing the list and the token.
	 */
	public synchronized void start() {
		if (this.disconnected) {
			this.disconnection = Sinks.empty();
			this.disconnected = false;
			this.transport.connect();
		}
		this.snapshot.start();
		this.parts.probing(ProvenInstances::start);
		if (this.poller != null) {
			this.poller.start();
		}
		this.tokenRefresh.start();
	}

	/**
	 * Waits for the first list as configured. Blocks.
	 * @param started the {@link System#nanoTime} from which on time counts
	 * @throws EasStartupException if there must be a list and is none
	 */
	void awaitFirstList(long started) {
		Startup startup = this.parts.startup();
		if (startup.mode() == Startup.Mode.LAZY) {
			return;
		}
		Duration rest = startup.timeout().minusNanos(System.nanoTime() - started);
		boolean known = cache().awaitFirst(rest.isNegative() ? Duration.ZERO : rest) || this.snapshot.restore();
		if (!known && startup.mode() == Startup.Mode.FAIL_FAST) {
			throw new EasStartupException(name(), startup.timeout(), lastWord());
		}
	}

	/**
	 * Stops refreshing; calls go on with the last list.
	 */
	public synchronized void stop() {
		if (this.poller != null) {
			this.poller.stop();
		}
		this.parts.probing(ProvenInstances::stop);
		this.snapshot.stop();
		this.tokenRefresh.stop();
	}

	/**
	 * Closes the connections to all instances, with the calls that use them, and ends the
	 * calls that wait. Until the next start calls fail.
	 */
	synchronized void disconnect() {
		this.disconnected = true;
		this.disconnection.tryEmitEmpty();
		this.transport.disconnect();
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
		destinations().found();
		if (before != after || this.transport.size() > after.size()) {
			this.transport.retain(after.or(cache().current()));
		}
		this.snapshot.succeeded(before, after, rejected);
		this.parts.listeners().polls().succeeded(before, after, rejected);
	}

	@Override
	public void failed(DiscoveryState state) {
		this.log.failed(state);
		this.snapshot.failed(state);
		this.parts.listeners().polls().failed(state);
	}

	/**
	 * The alias.
	 * @return the name under {@code eas.services}
	 */
	public String name() {
		return this.parts.name();
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
		return this.parts.cache();
	}

	/**
	 * Where calls go.
	 * @return always the same
	 */
	public Destinations destinations() {
		return this.parts.destinations();
	}

	/**
	 * What the checks of the instances say.
	 * @return a snapshot by address; empty where nothing is checked
	 */
	public Map<String, ProbeState> probes() {
		return (this.parts.proven() != null) ? this.parts.proven().states() : Map.of();
	}

	/**
	 * The picks over the list.
	 * @return always the same
	 */
	public InstancePicks picks() {
		return this.parts.picks();
	}

	/**
	 * The header whose value is the hash key of calls.
	 * @return its name, or null
	 */
	public @Nullable String hashHeader() {
		return this.parts.hashHeader();
	}

	/**
	 * How this service uses the network.
	 * @return the settings
	 */
	public HttpSettings http() {
		return this.parts.http();
	}

	/** Hears of calls. */
	GuardedCalls calls() {
		return this.calls;
	}

	/** Told of what the retry's listeners throw. */
	FirstFailure retryListeners() {
		return this.retryListeners;
	}

	/** Completes when the application stops. */
	Mono<Void> disconnection() {
		return this.disconnection.asMono();
	}

	/** Where a call is. */
	Attempt attempt(@Nullable EasInstance instance, int number, RetryRules rules, List<EasException> earlier) {
		return new Attempt(name(), instance, number, retry().getRetryConfig().getMaxAttempts(), rules,
				this.parts.token(), earlier);
	}

	/** Whether the application is stopping, so that what breaks is left alone. */
	boolean isDisconnected() {
		return this.disconnected;
	}

	EasRequest request(HttpMethod method, String path) {
		return new PreparedRequest(this, method, path);
	}

	InstanceTransport transport() {
		return this.transport;
	}

	/** Whether credentials go out, in headers of ours. */
	boolean showsToken() {
		return this.parts.scheme() != AuthScheme.NONE;
	}

	Authentication authentication() {
		return this.authentication;
	}

	BodyCodecs codecs() {
		return this.parts.codecs();
	}

	RetryRules rules() {
		return this.parts.rules();
	}

	Retry retry() {
		return this.parts.retry();
	}

	RetryBudget budget() {
		return this.parts.budget();
	}

	/** Tells the time of day. */
	Clock clock() {
		return this.parts.clock();
	}

	/** The time that budget and deadlines count by. */
	long nanoTime() {
		return this.parts.nanoTime().getAsLong();
	}

	EncodedPaths paths() {
		return this.paths;
	}

	EasThreads threads() {
		return this.parts.threads();
	}

	/** What discovery last said, for a call that has no instance to go to. */
	String lastWord() {
		String failure = this.parts.polled().lastWord();
		return (failure != null) ? failure : "discovery has not answered yet";
	}

	@Override
	public String toString() {
		return "EAS service " + name();
	}

}
