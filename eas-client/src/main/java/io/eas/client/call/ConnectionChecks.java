package io.eas.client.call;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.eas.client.call.ServiceClient.Network;
import io.eas.discovery.InstanceSource;
import io.eas.discovery.probe.ProbeResult;
import io.eas.discovery.probe.Prober;
import io.eas.discovery.probe.TcpSocketProber;
import io.eas.http.FirstFailure;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.loadbalancer.selection.TrackedInstance;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

/**
 * Tries every 1 to 2 s to connect to each instance that was ejected because it accepted
 * no connection, so that no call has to test the connection. After a successful check,
 * the next call may be sent to the instance as a trial. The checks of an instance end
 * when it is no longer ejected for this reason, or is no longer listed. At most
 * {@value #MOST_AT_ONCE} instances are checked at the same time; the other instances
 * wait. Gateways over TLS are not checked. Thread-safe.
 */
final class ConnectionChecks {

	static final int MOST_AT_ONCE = 128;

	private static final long SHORTEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);

	private final InstanceSource source;

	private final Scheduler timer;

	private final Prober prober;

	private final FirstFailure failures;

	private volatile @Nullable Round round;

	ConnectionChecks(Network network, Duration timeout) {
		this.source = network.source();
		this.timer = network.timer();
		HttpClient client = network.channels().track(network.configurer().apply(HttpClient.newConnection()));
		this.prober = new TcpSocketProber(client, null, timeout, network.timer());
		this.failures = new FirstFailure(this.source.service() + ": a connection could not be checked; checks go on");
	}

	/**
	 * Starts the checks, beginning with the instances that are already ejected. Has no
	 * effect if already started.
	 */
	synchronized void start(InstanceSelector selector) {
		if (this.round == null) {
			this.round = new Round(selector);
			selector.states()
				.stream()
				.map(TrackedInstance::instance)
				.filter((instance) -> selector.ejectionCause(instance) == Cause.NO_CONNECTION)
				.forEach(this::begin);
		}
	}

	/** Ends all checks, including those in progress. */
	synchronized void stop() {
		Round known = this.round;
		this.round = null;
		if (known != null) {
			known.stop();
		}
	}

	/**
	 * Checks an instance until a call may be sent to it as a trial. Has no effect if the
	 * instance is already being checked.
	 */
	void begin(EasInstance instance) {
		Round known = this.round;
		if (known != null && !this.source.isSecure(instance)) {
			known.begin(instance);
		}
	}

	/**
	 * The checks between a start and the next stop.
	 */
	private final class Round {

		private final InstanceSelector selector;

		/**
		 * Uses a single thread, because only one thread at a time may emit to the sink.
		 */
		private final Scheduler.Worker worker = ConnectionChecks.this.timer.createWorker();

		private final Sinks.Many<EasInstance> due = Sinks.many().unicast().onBackpressureBuffer();

		private final Set<EasInstance> checked = ConcurrentHashMap.newKeySet();

		private final Disposable checks;

		Round(InstanceSelector selector) {
			this.selector = selector;
			this.checks = this.due.asFlux().flatMap(this::check, MOST_AT_ONCE).subscribe();
		}

		void stop() {
			this.worker.dispose();
			this.checks.dispose();
		}

		void begin(EasInstance instance) {
			if (this.checked.add(instance)) {
				again(instance);
			}
		}

		private void again(EasInstance instance) {
			try {
				this.worker.schedule(() -> this.due.tryEmitNext(instance),
						ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE, LONGEST_PAUSE), TimeUnit.NANOSECONDS);
			}
			catch (RejectedExecutionException ex) {
				// the checks have been stopped
			}
		}

		/**
		 * Checks an instance once. Catches every {@link Error}, because an operator would
		 * rethrow it, and then the check would never end.
		 */
		private Mono<Void> check(EasInstance instance) {
			return Mono.create((check) -> {
				try {
					if (isOut(instance)) {
						check.onDispose(ConnectionChecks.this.prober.probe(instance)
							.subscribe((result) -> ended(instance, result), (ex) -> passOver(check, instance, ex),
									check::success));
						return;
					}
					end(instance);
					check.success();
				}
				catch (Throwable ex) {
					passOver(check, instance, ex);
				}
			});
		}

		private boolean isOut(EasInstance instance) {
			return this.selector.ejectionCause(instance) == Cause.NO_CONNECTION;
		}

		private void ended(EasInstance instance, ProbeResult result) {
			if (result instanceof ProbeResult.Passed) {
				this.checked.remove(instance);
				this.selector.reachable(instance);
			}
			else {
				again(instance);
			}
		}

		/**
		 * Ends the checks of an instance, unless it has been ejected again in the
		 * meantime.
		 */
		private void end(EasInstance instance) {
			this.checked.remove(instance);
			if (isOut(instance)) {
				begin(instance);
			}
		}

		/** Continues the checks after a failure in this process. */
		private void passOver(MonoSink<Void> check, EasInstance instance, Throwable failure) {
			ConnectionChecks.this.failures.tell(failure);
			again(instance);
			check.success();
		}

	}

}
