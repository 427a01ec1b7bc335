package io.eas.client.call;

import io.eas.client.request.CallSettings;
import io.eas.client.request.RequestTarget;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.eas.client.EasClient;
import io.eas.client.EasException.Attempt;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasRequest;
import io.eas.client.EasTimeoutException;
import io.eas.client.auth.Authentication;
import io.eas.client.retry.RetryBudget;
import io.eas.client.retry.RetryRules;
import io.eas.discovery.InstanceSource;
import io.eas.http.EasChannels;
import io.eas.http.EncodedBody;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.eas.settings.Assert;
import io.netty.util.Timer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Client of one service. Holds everything that the calls of the service share, and is
 * their only view of the service. Thread-safe.
 */
public final class ServiceClient implements EasClient {

	private final Network network;

	private final InstanceSelector selector;

	private final Supplier<@Nullable String> lastFailure;

	private final InstanceTransport transport;

	private final EjectedInstances ejected;

	private final GuardedCalls calls;

	private final RequestTarget.Paths paths;

	private volatile CallPolicy policy;

	private final Admission admission = new Admission();

	/** Number of calls that wait between two attempts or before the first one. */
	private final AtomicInteger pausing = new AtomicInteger();

	/**
	 * Creates a client that accepts calls.
	 * @param settings the settings of its calls
	 * @param network the connections, event loops and clocks
	 * @param selector selects the instance of each attempt
	 * @param ejected handles the connections and calls of ejected instances; it must be a
	 * listener of the selector
	 * @param listener notified of each call
	 * @param lastFailure returns why there is no instance, for calls that have none to go
	 * to; returns null while nothing is known
	 */
	public ServiceClient(CallSettings settings, Network network, InstanceSelector selector, EjectedInstances ejected,
			CallListener listener, Supplier<@Nullable String> lastFailure) {
		this.network = network;
		this.selector = selector;
		this.lastFailure = lastFailure;
		this.policy = CallPolicy.of(settings, network, selector);
		this.transport = new InstanceTransport(name(), settings.http(), network);
		this.ejected = ejected;
		ejected.start(selector, this.transport);
		this.calls = new GuardedCalls(listener, name());
		this.paths = new RequestTarget.Paths(settings.path());
	}

	/**
	 * Changes the settings of the calls that begin from now on. Calls in flight keep
	 * their settings, and connections keep the settings with which the client was
	 * created.
	 * @param settings the settings; the path stays
	 */
	public void update(CallSettings settings) {
		this.policy = CallPolicy.of(settings, this.network, this.selector);
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
	 * Returns a connector with which a {@code WebClient} calls this service.
	 * @return the connector, which is thread-safe
	 */
	public ClientHttpConnector connector() {
		return new ServiceConnector(new ServiceExchange(this, false));
	}

	/**
	 * Returns a connector whose calls are retried until the whole body of the response
	 * has arrived, unless they ask for a stream of events. Such a body may have up to
	 * {@code http.max-in-memory-size}.
	 * @return the connector, which is thread-safe
	 */
	public ClientHttpConnector wholeConnector() {
		return new ServiceConnector(new ServiceExchange(this, true));
	}

	/**
	 * Returns a factory with which a {@code RestClient} or {@code RestTemplate} calls
	 * this service.
	 * @return the factory, which is thread-safe
	 */
	public ClientHttpRequestFactory requestFactory() {
		return new ServiceRequestFactory(new ServiceExchange(this, false));
	}

	/**
	 * Returns the request target for an encoded path and query.
	 * @throws IllegalArgumentException see {@link RequestTarget.Paths#ofEncoded}
	 */
	String target(String path, @Nullable String query) {
		return this.paths.ofEncoded(path, query);
	}

	/**
	 * Returns the header whose value is the hash key of a call.
	 * @return the name of the header, or null
	 */
	public @Nullable String hashHeader() {
		return settings().hashHeader();
	}

	/**
	 * Returns the time limit of a whole call.
	 * @return the limit, retries included
	 */
	public Duration requestTimeout() {
		return settings().http().callTimeout();
	}

	/**
	 * Returns the retry rules of the service.
	 * @return the rules of calls that begin now
	 */
	public RetryRules rules() {
		return settings().rules();
	}

	/** Returns the policy of a call that begins now. */
	CallPolicy policy() {
		return this.policy;
	}

	/**
	 * Returns the settings of calls that begin now.
	 * @return the settings, including the token
	 */
	public CallSettings settings() {
		return this.policy.settings();
	}

	/**
	 * Returns the authentication of a request that begins now.
	 * @return the authentication with the current settings
	 */
	public Authentication authentication() {
		return this.policy.authentication();
	}

	/**
	 * Returns a signal for which a request of another HTTP client must wait before it can
	 * be authenticated.
	 * @return null if there is a token; otherwise a cold {@code Mono} that completes once
	 * there is one. It fails with an {@link EasTimeoutException} after
	 * {@link #requestTimeout}, and with an {@link EasNoInstanceException} when the client
	 * is disconnected
	 */
	public @Nullable Mono<Void> pendingToken() {
		CallPolicy current = this.policy;
		Mono<Void> pending = current.pendingToken();
		if (pending == null) {
			return null;
		}
		return Mono.firstWithSignal(pending,
				endOfWait(requestTimeout(), "the EasTokenSupplier has given no token", current::tokenFailure));
	}

	/**
	 * Returns a {@code Mono} that ends a wait before the first attempt of a call. It
	 * never completes.
	 * @param limit the time limit of the wait
	 * @param what the event that has not happened in time
	 * @param why returns the text that follows in the message
	 * @return a cold {@code Mono} that fails with an {@link EasTimeoutException} after
	 * the limit, and with an {@link EasNoInstanceException} when the client is
	 * disconnected
	 */
	Mono<Void> endOfWait(Duration limit, String what, Supplier<String> why) {
		Attempt none = this.policy.attempt(null, 0, null, (any) -> false, List.of());
		// deferred, since subscribeOn would create the failure at once
		Mono<Void> late = Mono.defer(() -> Mono.error(new EasTimeoutException(none,
				what + " within " + limit.toMillis() + " ms (http.request-timeout)" + why.get(), null, true)));
		return this.admission.disconnection()
			.then(Mono.<Void>error(() -> new EasNoInstanceException(none, this.admission.ending(), null)))
			.timeout(limit, late.subscribeOn(Schedulers.boundedElastic()), timer());
	}

	/** Accepts calls, and reopens the client after {@link #disconnect}. */
	public synchronized void connect() {
		if (this.admission.open()) {
			this.transport.connect();
			this.ejected.start(this.selector, this.transport);
		}
	}

	/**
	 * Returns whether the client accepts calls.
	 * @return the same object on each call
	 */
	public Admission admission() {
		return this.admission;
	}

	/**
	 * Returns the number of calls that have not ended.
	 * @return the number, including calls whose response is being streamed, calls that
	 * wait for their next attempt, and calls of load-balanced clients
	 */
	public long inFlight() {
		return this.selector.inFlight() + this.pausing.get();
	}

	/** Adds to the number of calls that have no attempt in flight. */
	void pausing(int change) {
		this.pausing.addAndGet(change);
	}

	/**
	 * Ends all calls and closes the connections to all instances. Calls fail until
	 * {@link #connect} is called.
	 */
	public synchronized void disconnect() {
		this.admission.disconnect();
		this.ejected.stop();
		this.transport.disconnect();
	}

	/**
	 * Closes the connections to all instances except the given ones, after a short delay.
	 * A connection in use is closed when its call has ended.
	 * @param instances the instances whose connections are kept
	 */
	public void retain(Set<EasInstance> instances) {
		this.transport.retain(instances);
	}

	/**
	 * Returns the number of instances to which there may be connections.
	 * @return the number, including instances of earlier lists
	 */
	public int connectedInstances() {
		return this.transport.size();
	}

	/**
	 * Returns the remaining retry budget.
	 * @return the current balance
	 */
	public RetryBudget.Balance retryBudget() {
		return this.policy.retries().budget().balance(nanoTime());
	}

	/** Returns a {@code Mono} with the first list of instances. */
	Mono<InstanceList> firstList() {
		return this.network.source().first();
	}

	/**
	 * Returns why there is no instance, for a call that has none to go to.
	 * @return the last result of discovery
	 */
	public String lastFailure() {
		String failure = this.lastFailure.get();
		return (failure != null) ? failure : "discovery has not answered yet";
	}

	/** Starts an attempt on an instance; returns null before the first list. */
	@Nullable TrackedAttempt pick(TriedInstances avoided, Call call) {
		return this.selector.start(avoided, call.hashKey(), call.load());
	}

	/** Lets the load-balancing algorithm read the body of a call. */
	@Nullable RequestLoad read(EncodedBody body) {
		return this.selector.read(body);
	}

	/** Returns the connections to the instances. */
	InstanceTransport transport() {
		return this.transport;
	}

	/** Returns the notifier of the call listener. */
	GuardedCalls calls() {
		return this.calls;
	}

	/** Returns the time by which deadlines are measured, in nanoseconds. */
	long nanoTime() {
		return this.network.nanoTime().getAsLong();
	}

	/** Returns the timer that watches the time limits of calls. */
	Timer deadlines() {
		return this.network.deadlines();
	}

	/** Returns the scheduler for the pauses between attempts. */
	Scheduler timer() {
		return this.network.timer();
	}

	@Override
	public String toString() {
		return "EAS client " + name();
	}

	/**
	 * The infrastructure that the calls of a service use.
	 *
	 * @param source provides the list of instances
	 * @param configurer configures an HTTP client to use the application's event loops
	 * @param channels all open connections of the service, including those to discovery
	 * @param timer the scheduler for pauses
	 * @param deadlines the timer for time limits
	 * @param clock the clock for the time of day
	 * @param nanoTime the time by which the retry budget and the deadlines are measured
	 */
	public record Network(InstanceSource source, UnaryOperator<HttpClient> configurer, EasChannels channels,
			Scheduler timer, Timer deadlines, Clock clock, LongSupplier nanoTime) {
	}

}
