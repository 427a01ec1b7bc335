package io.eas.event;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.eas.discovery.DiscoveryState;
import io.eas.discovery.PollListener;
import io.eas.http.FirstFailure;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceListDiff;
import io.eas.instance.InstanceListDiff.Step;
import io.eas.loadbalancer.EjectionListener;
import io.eas.service.ServiceListeners;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Publishes an {@link EasEvent} for each change that the listeners of services are
 * notified of. These listeners are called on event loops and on the thread of polls.
 * Therefore the events are published on a separate thread, which exists only while there
 * are events to publish. Thread-safe.
 */
public final class EasEvents implements AutoCloseable {

	/** The maximum number of events that wait for slow listeners. */
	static final int MOST_WAITING = 1000;

	private static final Duration LONGEST_END = Duration.ofSeconds(1);

	private final ApplicationEventPublisher publisher;

	private final Clock clock;

	private final FirstFailure failures = new FirstFailure(
			"an event about instances could not be published or handled; calls and polls go on");

	private final ThreadPoolExecutor thread;

	/** The thread that published the last event; null before the first one. */
	private volatile @Nullable Thread telling;

	/**
	 * Creates the publisher of the events of an application.
	 * @param publisher publishes the events
	 * @param clock the clock for the times of events and the ages of lists
	 */
	public EasEvents(ApplicationEventPublisher publisher, Clock clock) {
		this.publisher = publisher;
		this.clock = clock;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("eas-events-");
		threads.setDaemon(true);
		this.thread = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING),
				threads);
	}

	/**
	 * Adds the publication of events to the listeners of a service.
	 * @param service the alias of the service
	 * @param staleAfter the age from which the list of the service is stale
	 * @param others the other listeners
	 * @return the combined listeners
	 */
	public ServiceListeners with(String service, Duration staleAfter, ServiceListeners others) {
		return others.with(new Ejections(service), new Polls(service, staleAfter));
	}

	private void publish(EasEvent event) {
		try {
			this.thread.execute(() -> tell(event));
		}
		catch (RejectedExecutionException ex) {
			if (!this.thread.isShutdown()) {
				this.failures.tell(ex);
			}
		}
	}

	private void tell(EasEvent event) {
		try {
			this.telling = Thread.currentThread();
			this.publisher.publishEvent(event);
		}
		catch (Throwable ex) {
			if (!this.thread.isShutdown()) {
				this.failures.tell(ex);
			}
		}
	}

	/**
	 * Drops waiting events, and interrupts a listener that is still busy, unless this
	 * listener itself is closing the context.
	 */
	@Override
	public void close() {
		if (Thread.currentThread() == this.telling) {
			this.thread.getQueue().clear();
			this.thread.shutdown();
			return;
		}
		this.thread.shutdownNow();
		try {
			this.thread.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Publishes the ejections of a service and their ends. */
	private final class Ejections implements EjectionListener {

		private final String service;

		Ejections(String service) {
			this.service = service;
		}

		@Override
		public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
			if (!again) {
				publish(new EasEvent.InstanceEjected(this.service, EasEvents.this.clock.instant(), instance, cause,
						reason, time));
			}
		}

		@Override
		public void restored(EasInstance instance) {
			publish(new EasEvent.InstanceRestored(this.service, EasEvents.this.clock.instant(), instance));
		}

	}

	/**
	 * Publishes the changes of the list of a service, and when it becomes stale or fresh.
	 */
	private final class Polls implements PollListener {

		private final String service;

		private final Duration staleAfter;

		private volatile boolean stale;

		Polls(String service, Duration staleAfter) {
			this.service = service;
			this.staleAfter = staleAfter;
		}

		@Override
		@SuppressWarnings("ReferenceEquality") // an unchanged list is the same object
		public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
			if (before != after) {
				changed((before != null) ? before.instances() : List.of(), after.instances());
			}
			if (this.stale) {
				this.stale = false;
				publish(new EasEvent.ListFresh(this.service, EasEvents.this.clock.instant()));
			}
		}

		private void changed(List<EasInstance> before, List<EasInstance> after) {
			List<EasInstance> added = new ArrayList<>();
			List<EasInstance> removed = new ArrayList<>();
			InstanceListDiff diff = new InstanceListDiff(before, after);
			for (Step step = diff.next(); step != Step.END; step = diff.next()) {
				if (step == Step.ENTERED) {
					added.add(after.get(diff.indexAfter()));
				}
				else if (step == Step.GONE) {
					removed.add(before.get(diff.indexBefore()));
				}
			}
			if (!added.isEmpty() || !removed.isEmpty()) {
				publish(new EasEvent.InstancesChanged(this.service, EasEvents.this.clock.instant(), added, removed));
			}
		}

		@Override
		public void failed(DiscoveryState state) {
			Duration age = state.age(EasEvents.this.clock.instant());
			if (!this.stale && age != null && age.compareTo(this.staleAfter) > 0) {
				this.stale = true;
				publish(new EasEvent.ListStale(this.service, EasEvents.this.clock.instant(), age, state.lastFailure()));
			}
		}

	}

}
