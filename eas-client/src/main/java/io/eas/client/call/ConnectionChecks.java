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
 * Tries connections to instances that took none, every 1 to 2 s, so that no call has to
 * find out. Once there is one, the instance may have its trial, by a call. Ends for an
 * instance that is no longer out for that reason, or no longer listed. No more than
 * {@value #MOST_AT_ONCE} are tried at a time; the others wait for their turn. Not for
 * gateways over TLS. Thread-safe.
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

	/** Goes on with what was out at the last stop. Does nothing if it has started. */
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

	/** Ends all checks, those under way too. */
	synchronized void stop() {
		Round known = this.round;
		this.round = null;
		if (known != null) {
			known.stop();
		}
	}

	/**
	 * Checks an instance until it may have its trial. Does nothing if it is being
	 * checked.
	 */
	void begin(EasInstance instance) {
		Round known = this.round;
		if (known != null && !this.source.isSecure(instance)) {
			known.begin(instance);
		}
	}

	/**
	 * The checks from a start to the next stop.
	 */
	private final class Round {

		private final InstanceSelector selector;

		/** Runs on one thread, which alone fills what is due. */
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
				// stopped
			}
		}

		/** Operators would throw an {@link Error} on, and the check never end. */
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

		/** It may have been ejected anew in between. */
		private void end(EasInstance instance) {
			this.checked.remove(instance);
			if (isOut(instance)) {
				begin(instance);
			}
		}

		/** This machine's own fault ends no checks. */
		private void passOver(MonoSink<Void> check, EasInstance instance, Throwable failure) {
			ConnectionChecks.this.failures.tell(failure);
			again(instance);
			check.success();
		}

	}

}
