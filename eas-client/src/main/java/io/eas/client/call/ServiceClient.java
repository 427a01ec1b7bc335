package io.eas.client.call;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.eas.client.EasException.Attempt;
import io.eas.client.EasRequest;
import io.eas.client.auth.Authentication;
import io.eas.client.auth.TokenSource;
import io.eas.client.retry.RetryBudget;
import io.eas.client.retry.ServiceRetries;
import io.eas.client.retry.RetryRules;
import io.eas.discovery.InstanceSource;
import io.eas.http.EasChannels;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.eas.settings.Assert;
import io.github.resilience4j.retry.Retry;
import io.netty.util.Timer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpMethod;

/**
 * The client of one service: what its calls share, and all that they see of the service.
 * Thread-safe.
 */
public final class ServiceClient implements EasClient {

	private static final String STOPPING = "the application is stopping";

	private static final String CLOSED = "EasClients was closed";

	private final CallSettings settings;

	private final Network network;

	private final InstanceSelector selector;

	private final Supplier<@Nullable String> lastFailure;

	private final ServiceRetries retries;

	private final Authentication authentication;

	private final InstanceTransport transport;

	private final EjectedInstances ejected;

	private final GuardedCalls calls;

	private final EncodedPaths paths;

	private final TimeLimits limits;

	private final TimeLimits streamLimits;

	private volatile Sinks.Empty<Void> disconnection = Sinks.empty();

	private volatile boolean disconnected;

	/** Whether new calls fail. */
	private volatile boolean refusing;

	/** What they say then. */
	private volatile String ending = STOPPING;

	private final LongAdder refused = new LongAdder();

	/** Calls between two attempts, or before the first. */
	private final AtomicInteger pausing = new AtomicInteger();

	/**
	 * A client.
	 * @param settings how it calls
	 * @param network what it calls through
	 * @param selector picks the instance of each attempt
	 * @param retry the Resilience4j retry that follows the rules
	 * @param budget how many retries there may be for all calls together
	 * @param ejected looks after connections and calls of instances that are ejected, as
	 * the selector's listener
	 * @param listener hears of each call
	 * @param lastFailure why there is no instance, for a call that has none to go to;
	 * gives null before anything is known
	 */
	public ServiceClient(CallSettings settings, Network network, InstanceSelector selector, EjectedInstances ejected,
			Retry retry, RetryBudget budget, CallListener listener, Supplier<@Nullable String> lastFailure) {
		this.settings = settings;
		this.network = network;
		this.selector = selector;
		this.lastFailure = lastFailure;
		this.retries = new ServiceRetries(retry, budget, network.source(), selector, network.clock(),
				network.nanoTime());
		this.authentication = settings.scheme().with(settings.token(), network.clock());
		this.transport = new InstanceTransport(name(), settings.http(), network);
		this.ejected = ejected;
		ejected.start(selector, this.transport);
		this.calls = new GuardedCalls(listener, name());
		this.paths = new EncodedPaths(settings.path());
		TimeLimits.Requested nothing = new TimeLimits.Requested();
		this.limits = nothing.ofCall(settings.http());
		this.streamLimits = nothing.ofStream(settings.http());
	}

	@Override
	public String name() {
		return this.network.source().service();
	}

	@Override
	public EasRequest method(HttpMethod method, String path) {
		return new PreparedRequest(this, Assert.notNull("method", method), this.paths.of(Assert.notNull("path", path)));
	}

	/**
	 * The header whose value is the hash key of calls.
	 * @return its name, or null
	 */
	public @Nullable String hashHeader() {
		return this.settings.hashHeader();
	}

	/**
	 * The time of a whole call.
	 * @return with its retries
	 */
	public Duration requestTimeout() {
		return this.settings.http().callTimeout();
	}

	/**
	 * What is tried again.
	 * @return always the same
	 */
	public RetryRules rules() {
		return this.settings.rules();
	}

	/** The limits of a call that says nothing of them, whose answer may be streamed. */
	TimeLimits limits(boolean streamed) {
		return streamed ? this.streamLimits : this.limits;
	}

	/** How it calls, with the token. */
	CallSettings settings() {
		return this.settings;
	}

	/** Lets calls open connections, again after they were closed. */
	public synchronized void connect() {
		this.refusing = false;
		this.ending = STOPPING;
		this.refused.reset();
		if (this.disconnected) {
			this.disconnection = Sinks.empty();
			this.disconnected = false;
			this.transport.connect();
			this.ejected.start(this.selector, this.transport);
		}
	}

	/**
	 * Has all new calls fail, until {@link #connect}. Those that have begun go on.
	 */
	public void refuse() {
		this.refusing = true;
	}

	/**
	 * The same, and calls say that the clients were closed, unless the application was
	 * already stopping.
	 */
	public synchronized void refuseAsClosed() {
		if (!this.refusing) {
			this.ending = CLOSED;
		}
		this.refusing = true;
	}

	/** Why calls fail, or are cut, once they are refused or disconnected. */
	String ending() {
		return this.ending;
	}

	/**
	 * Whether new calls fail.
	 * @return true until {@link #connect}
	 */
	public boolean isRefusing() {
		return this.refusing;
	}

	/** Whether a new call fails, which is then counted. */
	boolean refuses() {
		boolean refusing = this.refusing;
		if (refusing) {
			this.refused.increment();
		}
		return refusing;
	}

	/**
	 * Calls that were made while new ones {@linkplain #refuse fail}.
	 * @return how many, since the last {@link #connect}
	 */
	public long refused() {
		return this.refused.sum();
	}

	/**
	 * The calls that haven't ended.
	 * @return those included whose answer is being streamed, or that wait for their next
	 * attempt, and those of load-balanced clients
	 */
	public long inFlight() {
		return this.selector.inFlight() + this.pausing.get();
	}

	/**
	 * Takes note of calls that have no attempt in flight, for now.
	 * @param change how many more or less
	 */
	void pausing(int change) {
		this.pausing.addAndGet(change);
	}

	/**
	 * Ends all calls, and closes the connections to all instances. Until {@link #connect}
	 * calls fail.
	 */
	public synchronized void disconnect() {
		this.refusing = true;
		this.disconnected = true;
		this.disconnection.tryEmitEmpty();
		this.ejected.stop();
		this.transport.disconnect();
	}

	/**
	 * Closes the connections to all other instances, soon, each once no call uses it.
	 * @param instances those whose connections stay
	 */
	public void retain(Set<EasInstance> instances) {
		this.transport.retain(instances);
	}

	/**
	 * The number of instances there may be connections to.
	 * @return those of earlier lists included
	 */
	public int connectedInstances() {
		return this.transport.size();
	}

	/** Completes when the client is disconnected. */
	Mono<Void> disconnection() {
		return this.disconnection.asMono();
	}

	/** Whether the client is disconnected, so that what breaks is left alone. */
	boolean isDisconnected() {
		return this.disconnected;
	}

	/** Waits for the first list of instances. */
	Mono<InstanceList> firstList() {
		return this.network.source().first();
	}

	/**
	 * Why there is no instance, for a call that has none to go to.
	 * @return what discovery last said
	 */
	public String lastFailure() {
		String failure = this.lastFailure.get();
		return (failure != null) ? failure : "discovery has not answered yet";
	}

	/** Starts an attempt; null before the first list. */
	@Nullable TrackedAttempt pick(TriedInstances avoided, @Nullable String hashKey) {
		return this.selector.start(avoided, hashKey);
	}

	/**
	 * Whether another instance than these is in use, so that a call may be moved there.
	 * @param instance where the call waits; if it is in use, one in doubt will do
	 * @param earlier the failures of its earlier attempts
	 */
	boolean isElsewhereUsable(EasInstance instance, List<EasException> earlier) {
		TriedInstances tried = new TriedInstances();
		tried.add(instance);
		for (EasException failure : earlier) {
			EasInstance before = failure.instance();
			if (before != null) {
				tried.add(before);
			}
		}
		return this.selector.hasLive(tried)
				|| (this.selector.ejectionCause(instance) == null && this.selector.hasDoubted(tried));
	}

	/**
	 * Closes idle connections that are as useless as one that failed an attempt.
	 * @param instance where it failed
	 * @param nanos for how long that connection had been idle
	 */
	void closeStale(EasInstance instance, long nanos) {
		this.transport.closeStale(instance, nanos);
	}

	/** Sends the request of an attempt, and tells the attempt how it ends. */
	void send(AttemptExecution attempt) {
		this.transport.send(attempt);
	}

	/** Where a call is. */
	Attempt attempt(@Nullable EasInstance instance, int number, Predicate<EasException> retryable,
			List<EasException> earlier) {
		TokenSource token = this.settings.token();
		return new Attempt(name(), instance, number, Math.max(number, this.retries.maxAttempts()), retryable,
				() -> (token != null) ? token.token() : "", earlier);
	}

	/** What the retries of its calls share. */
	ServiceRetries retries() {
		return this.retries;
	}

	Authentication authentication() {
		return this.authentication;
	}

	/** Hears of calls. */
	GuardedCalls calls() {
		return this.calls;
	}

	/** The time that deadlines count by. */
	long nanoTime() {
		return this.network.nanoTime().getAsLong();
	}

	/** Watches the limits of calls. */
	Timer deadlines() {
		return this.network.deadlines();
	}

	/** Times the pauses between attempts. */
	Scheduler timer() {
		return this.network.timer();
	}

	@Override
	public String toString() {
		return "EAS client " + name();
	}

	/**
	 * What calls go through.
	 *
	 * @param source where they go
	 * @param configurer puts an HTTP client on the application's event loops
	 * @param channels all open connections of the service, those to discovery included
	 * @param timer times pauses
	 * @param deadlines watches limits
	 * @param clock the time of day
	 * @param nanoTime the time that budget and deadlines count by
	 */
	public record Network(InstanceSource source, UnaryOperator<HttpClient> configurer, EasChannels channels,
			Scheduler timer, Timer deadlines, Clock clock, LongSupplier nanoTime) {
	}

}
