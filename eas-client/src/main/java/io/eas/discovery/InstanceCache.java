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
 * Keeps the last good list through every failure: only another good list replaces it.
 * Thread-safe; reading takes no lock.
 */
public final class InstanceCache implements PolledInstances {

	private final Clock clock;

	/** What waits end with; replaced where they end with a failure. */
	private volatile Sinks.One<InstanceList> first = Sinks.one();

	private final List<Consumer<InstanceList>> followers = new CopyOnWriteArrayList<>();

	private volatile DiscoveryState state = DiscoveryState.UNKNOWN;

	/**
	 * An empty cache.
	 * @param clock tells when lists were fetched
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
	 * Waits for the first list. Hot: every subscriber gets the same one. Has no timeout;
	 * cancelling it changes nothing for others.
	 * @return the first list, at once if there was one; fails with
	 * {@link DiscoveryException}, at once too, while the service is
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
	 * Waits for the first list, blocking.
	 * @param timeout the longest wait
	 * @return false if there was none in time, if the service isn't found, or if the
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
	 * Has somebody hear of each other list, by the thread that brings it, once it is the
	 * current one. Two that come at the same time may be told of in any order.
	 * @param follower told of the list; must not block, and not throw
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
	 * Takes the list of an earlier run, unless there is one already.
	 * @param list the list
	 * @param lastSuccess when discovery last gave it
	 * @return true if it is the current list from now on
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
	 * Takes another list for the one that discovery last gave, whose age it has.
	 * @param instances at least one instance
	 * @param source where they came from
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
	 * Takes note that discovery gave a list, and keeps the one that is there, or none.
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
	 * Forgets what failed polls have said, and keeps the list: to be called when polls
	 * begin again.
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
