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
 * Hosts, and callers that can be quiet for a while. Of one case. Thread-safe.
 */
final class NetworkScene {

	private final List<NetworkHost> hosts;

	private final Duration quiet;

	private final AtomicInteger turns = new AtomicInteger();

	/** Completes once callers may call. */
	private volatile Mono<Void> open = Mono.empty();

	private volatile Duration back = Duration.ZERO;

	NetworkScene(List<NetworkHost> hosts, Duration quiet) {
		this.hosts = hosts;
		this.quiet = quiet;
	}

	/** The hosts; the last one is there to take over. */
	List<NetworkHost> hosts() {
		return this.hosts;
	}

	/** How long callers are quiet. */
	Duration quiet() {
		return this.quiet;
	}

	/** Takes a turn, and says whether it is the first, the third and so on. */
	boolean isFirstOfTwo() {
		return this.turns.getAndIncrement() % 2 == 0;
	}

	/**
	 * Has callers begin no call for a while, in the middle of which something happens.
	 * Blocks.
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

	/** Takes note of how long it took until what was at fault got requests. */
	void back(Duration taken) {
		this.back = taken;
	}

	double backSeconds() {
		return this.back.toMillis() / 1000.0;
	}

	/** A client whose calls wait while callers are to be quiet. */
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
