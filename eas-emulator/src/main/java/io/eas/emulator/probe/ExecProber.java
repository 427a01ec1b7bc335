package io.eas.emulator.probe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.eas.emulator.net.Network;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Prober for {@code exec}: the check passes if the program ends with exit code 0 in time.
 * After the time-out, the program is killed together with all processes that it has
 * started. If the program ends by itself, processes that it leaves behind keep running
 * until the instance's process ends, as in a container.
 *
 * <p>
 * Source: kubernetes {@code pkg/probe/exec}.
 */
final class ExecProber {

	private final Scheduler scheduler;

	ExecProber(Network network) {
		this.scheduler = network.scheduler();
	}

	Mono<ProbeResult> probe(List<String> command, ProbeTarget target, Duration timeout) {
		return Mono.<ProbeResult>create((sink) -> {
			ExecRun run = new ExecRun(builder(command, target), target.tree(), sink);
			sink.onCancel(run::kill);
			run.start();
		})
			.timeout(timeout, Mono.fromSupplier(
					() -> new ProbeResult.Failure("still running after " + timeout.toSeconds() + " s, and killed")),
					this.scheduler);
	}

	private static ProcessBuilder builder(List<String> command, ProbeTarget target) {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(target.environment());
		Path directory = target.directory();
		return (directory != null) ? builder.directory(directory.toFile()) : builder;
	}

}
