package io.eas.emulator.instance;

import java.util.List;

import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.emulator.probe.ProbeResult;
import io.eas.emulator.probe.ProbeTarget;
import io.eas.emulator.probe.Prober;
import io.eas.emulator.process.ModelProcess;
import io.eas.emulator.process.PortRewriter;
import io.eas.emulator.process.ProcessCommand;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs the health checks of a descriptor against a process on this machine. The checks
 * use the ports of the process instead of the ports in the descriptor.
 *
 * @param prober carries out the checks
 * @param deployment the deployment with the command and the port
 */
record ProcessProber(Prober prober, Deployment deployment) {

	Mono<ProbeResult> probe(HealthCheck check, ModelProcess process) {
		process.remember();
		PortRewriter ports = process.ports(this.deployment.containerPort());
		ProbeTarget target = new ProbeTarget(ports::port, process.environment(), this.deployment.command().directory(),
				process.branch());
		return this.prober.probe(translate(check, process, ports), target)
			.flatMap((result) -> explained(result, process));
	}

	private static Mono<ProbeResult> explained(ProbeResult result, ModelProcess process) {
		if (!(result instanceof ProbeResult.Failure failure) || !failure.isRefused()) {
			return Mono.just(result);
		}
		return Mono.<ProbeResult>fromSupplier(() -> new ProbeResult.Failure(failure.detail() + process.otherPorts()))
			.subscribeOn(Schedulers.boundedElastic());
	}

	private static HealthCheck translate(HealthCheck check, ModelProcess process, PortRewriter ports) {
		if (check.method() instanceof CheckMethod.Exec exec) {
			List<String> expanded = exec.command()
				.stream()
				.map((argument) -> Variables.byKubelet(argument, process.environment()))
				.toList();
			CheckMethod resolved = new CheckMethod.Exec(ports.arguments(expanded)
				.stream()
				.map((argument) -> ProcessCommand.resolve(argument, process.port()))
				.toList(), exec.other());
			return new HealthCheck(resolved, check.timings(), check.other());
		}
		return check;
	}

}
