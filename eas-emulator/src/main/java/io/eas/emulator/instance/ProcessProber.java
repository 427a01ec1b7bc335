package io.eas.emulator.instance;

import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.emulator.probe.ProbeResult;
import io.eas.emulator.probe.ProbeTarget;
import io.eas.emulator.probe.Prober;
import io.eas.emulator.process.ModelProcess;
import io.eas.emulator.process.ProcessCommand;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs the health checks of a descriptor against a process on this machine, whose own
 * port takes the place of the container's.
 *
 * @param prober does them
 * @param deployment whose command and port they are about
 */
record ProcessProber(Prober prober, Deployment deployment) {

	Mono<ProbeResult> probe(HealthCheck check, ModelProcess process) {
		process.remember();
		ProcessCommand command = this.deployment.command();
		ProbeTarget target = new ProbeTarget((port) -> translate(port, process.port()),
				command.environment(process.port()), command.directory(), process.branch());
		return this.prober.probe(translate(check, process.port()), target)
			.flatMap((result) -> explained(result, process));
	}

	private static Mono<ProbeResult> explained(ProbeResult result, ModelProcess process) {
		if (!(result instanceof ProbeResult.Failure failure) || !failure.isRefused()) {
			return Mono.just(result);
		}
		return Mono.<ProbeResult>fromSupplier(() -> new ProbeResult.Failure(failure.detail() + process.otherPorts()))
			.subscribeOn(Schedulers.boundedElastic());
	}

	private int translate(int port, int ownPort) {
		return (port == this.deployment.containerPort()) ? ownPort : port;
	}

	private static HealthCheck translate(HealthCheck check, int ownPort) {
		if (check.method() instanceof CheckMethod.Exec exec) {
			CheckMethod resolved = new CheckMethod.Exec(
					exec.command().stream().map((argument) -> ProcessCommand.resolve(argument, ownPort)).toList(),
					exec.other());
			return new HealthCheck(resolved, check.timings(), check.other());
		}
		return check;
	}

}
