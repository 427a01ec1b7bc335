package io.eas.discovery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Cache of the last good list of instances. The list survives every failure: only another
 * good list replaces it. Thread-safe; reads take no lock.
 */
public final class InstanceCache implements PolledInstances {

	private final Clock clock;

	/**
	 * Emits the first list to the calls that wait for it, or an error if the service is
	 * not found. After an error, a new sink replaces this one.
	 */
	private volatile Sinks.One<InstanceList> first = Sinks.one();

	private final List<Consumer<InstanceList>> followers = new CopyOnWriteArrayList<>();

	private volatile DiscoveryState state = DiscoveryState.UNKNOWN;

	/**
	 * Creates an empty cache.
	 * @param clock the clock for the time at which lists were fetched
	 */
	public InstanceCache(Clock clock) {
		this.clock = clock;
	}

	@Override
	public @Nullable InstanceList current() {
		return this.state.list();
	}

	@Override
	public DiscoveryState state() {
		return this.state;
	}

	/**
	 * Returns the first list, as soon as there is one. The {@code Mono} is hot: every
	 * subscriber receives the same list. It has no timeout, and cancelling it has no
	 * effect on other subscribers.
	 * @return the first list, emitted at once if it is already there; fails with a
	 * {@link DiscoveryException}, at once or later, if the service is
	 * {@linkplain DiscoveryState#isNotFound not found}
	 */
	public Mono<InstanceList> first() {
		return Mono.defer(this::waiting);
	}

	private synchronized Mono<InstanceList> waiting() {
		DiscoveryState now = this.state;
		return now.isNotFound() ? Mono.error(DiscoveryException.notFound(String.valueOf(now.lastFailure()), null))
				: this.first.asMono();
	}

	/**
	 * Blocks until there is a first list.
	 * @param timeout the maximum time to wait
	 * @return false if there was no list in time, if the service is not found, or if the
	 * thread was interrupted
	 */
	public boolean awaitFirst(Duration timeout) {
		CompletableFuture<InstanceList> arrival = first().toFuture();
		try {
			arrival.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (ExecutionException | TimeoutException ex) {
			return false;
		}
		finally {
			arrival.cancel(false);
		}
	}

	/**
	 * Adds a follower, which is notified of each changed list after that list has become
	 * the current one. The follower runs on the thread that set the list. If two lists
	 * are set concurrently, the notifications may arrive in any order.
	 * @param follower called with the list; must neither block nor throw an exception
	 */
	void follow(Consumer<InstanceList> follower) {
		this.followers.add(follower);
	}

	@Override
	public InstanceList succeed(List<EasInstance> instances, Source source) {
		InstanceList before = current();
		InstanceList next = take(instances, source);
		tell(before, next);
		return next;
	}

	@SuppressWarnings("ReferenceEquality") // an unchanged list is the same object
	private void tell(@Nullable InstanceList before, InstanceList next) {
		if (before != next) {
			this.followers.forEach((follower) -> follower.accept(next));
		}
		this.first.tryEmitValue(next);
	}

	/**
	 * Sets the list of an earlier run, unless there is a list already.
	 * @param list the list
	 * @param lastSuccess when discovery last returned the list
	 * @return true if the list was set; false if there was a list already
	 */
	public boolean restore(InstanceList list, Instant lastSuccess) {
		boolean restored = takeFirst(list, lastSuccess);
		if (restored) {
			tell(null, list);
		}
		return restored;
	}

	private synchronized boolean takeFirst(InstanceList list, Instant lastSuccess) {
		boolean unknown = this.state.list() == null;
		if (unknown) {
			this.state = this.state.restored(list, lastSuccess);
		}
		return unknown;
	}

	/**
	 * Replaces the list by another list that is derived from the last discovery response.
	 * The age of the list doesn't change.
	 * @param instances the instances; at least one
	 * @param source the source of the instances
	 */
	public void use(List<EasInstance> instances, Source source) {
		InstanceList before = current();
		InstanceList next;
		synchronized (this) {
			next = next(instances, source);
			this.state = this.state.using(next);
		}
		tell(before, next);
	}

	/**
	 * Records that discovery returned a list, but keeps the current list, if there is
	 * one.
	 */
	public synchronized void confirm() {
		this.state = this.state.succeeded(this.state.list(), this.clock.instant());
	}

	@Override
	public void fail(DiscoveryException failure) {
		Sinks.One<InstanceList> waits = null;
		synchronized (this) {
			this.state = this.state.failed(failure);
			if (this.state.isNotFound()) {
				waits = this.first;
				this.first = Sinks.one();
			}
		}
		if (waits != null) {
			waits.tryEmitError(failure);
		}
	}

	/**
	 * Resets the failures and keeps the list. Must be called when polls are started
	 * again.
	 */
	public synchronized void startOver() {
		this.state = this.state.startedOver();
	}

	private synchronized InstanceList take(List<EasInstance> instances, Source source) {
		InstanceList next = next(instances, source);
		this.state = this.state.succeeded(next, this.clock.instant());
		return next;
	}

	private InstanceList next(List<EasInstance> instances, Source source) {
		InstanceList current = this.state.list();
		return (current != null) ? current.next(instances, this.clock.instant(), source)
				: new InstanceList(instances, this.clock.instant(), source);
	}

}
