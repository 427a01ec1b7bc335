package io.eas.emulator.probe;

import java.time.Duration;

import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.emulator.net.Network;
import reactor.core.publisher.Mono;

/**
 * Checks an instance once, as the kubelet does. Thread-safe and stateless.
 */
public final class Prober {

	private final Network network;

	private final HttpGetProber http;

	private final TcpSocketProber tcp;

	private final ExecProber exec;

	/**
	 * Creates a prober.
	 * @param network the threads to use
	 */
	public Prober(Network network) {
		this.network = network;
		this.http = new HttpGetProber(network);
		this.tcp = new TcpSocketProber(network);
		this.exec = new ExecProber(network);
	}

	/**
	 * Checks an instance once.
	 * @param check the check with its time-out
	 * @param target the instance
	 * @return cold; one result, never an error. Cancelling ends the check: its connection
	 * is closed or its program killed.
	 */
	public Mono<ProbeResult> probe(HealthCheck check, ProbeTarget target) {
		// the kubelet has no time-out of less than a second
		Duration timeout = Duration.ofSeconds(Math.max(1, check.timings().timeoutSeconds()));
		return Mono.defer(() -> probe(check.method(), target, timeout))
			.onErrorResume((ex) -> Mono.just(new ProbeResult.Discarded("cannot check: " + ex)));
	}

	private Mono<ProbeResult> probe(CheckMethod method, ProbeTarget target, Duration timeout) {
		if (this.network.scheduler().isDisposed()) {
			// without a scheduler, every time-out would expire at once
			return Mono.just(new ProbeResult.Discarded("cannot check: the emulator is closed"));
		}
		if (method instanceof CheckMethod.HttpGet get) {
			return this.http.probe(get.path(), target.ports().applyAsInt(get.port()), timeout);
		}
		if (method instanceof CheckMethod.TcpSocket socket) {
			return this.tcp.probe(target.ports().applyAsInt(socket.port()), timeout);
		}
		return this.exec.probe(((CheckMethod.Exec) method).command(), target, timeout);
	}

}
