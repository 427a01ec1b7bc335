package io.eas.benchmarks.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.benchmarks.clients.Client;
import io.eas.benchmarks.instances.NetworkHost;
import io.eas.benchmarks.load.Outcome;
import io.eas.benchmarks.load.Pause;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The hosts of one case, and its callers, which can pause. Thread-safe.
 */
final class NetworkScene {

	private final List<NetworkHost> hosts;

	private final Duration quiet;

	private final AtomicInteger turns = new AtomicInteger();

	/** Completes once callers may make calls. */
	private volatile Mono<Void> open = Mono.empty();

	private volatile Duration back = Duration.ZERO;

	NetworkScene(List<NetworkHost> hosts, Duration quiet) {
		this.hosts = hosts;
		this.quiet = quiet;
	}

	/** Returns the hosts, the last of which can take over addresses. */
	List<NetworkHost> hosts() {
		return this.hosts;
	}

	/** Returns how long callers pause. */
	Duration quiet() {
		return this.quiet;
	}

	/**
	 * Returns {@code true} for every odd call of this method: the first, the third and so
	 * on.
	 */
	boolean isFirstOfTwo() {
		return this.turns.getAndIncrement() % 2 == 0;
	}

	/**
	 * Pauses the callers, and runs an action in the middle of the pause. Blocks until the
	 * pause is over.
	 */
	void quietly(Runnable action) {
		Sinks.Empty<Void> gate = Sinks.empty();
		this.open = gate.asMono();
		Pause.of(this.quiet.dividedBy(2));
		action.run();
		Pause.of(this.quiet.dividedBy(2));
		this.open = Mono.empty();
		gate.tryEmitEmpty();
	}

	/** Records how long it took until the affected instance got requests again. */
	void back(Duration taken) {
		this.back = taken;
	}

	double backSeconds() {
		return this.back.toMillis() / 1000.0;
	}

	/** Returns a client whose new calls wait while callers pause. */
	Client quiet(Client client) {
		return new Client() {

			@Override
			public Mono<Outcome> call() {
				Mono<Outcome> call = client.call();
				return Mono.defer(() -> NetworkScene.this.open.then(call));
			}

			@Override
			public void close() {
				client.close();
			}

		};
	}

}
