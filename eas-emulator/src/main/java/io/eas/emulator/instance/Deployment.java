package io.eas.emulator.instance;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.HealthCheck;
import io.eas.emulator.lifecycle.LifecycleRules;
import io.eas.emulator.process.ProcessCommand;

/**
 * The settings that the instances of a deployed service have in common.
 *
 * @param service the service's name
 * @param command the command that each instance runs
 * @param containerPort the port that the descriptor names. On this machine, each instance
 * uses a different port instead of it
 * @param secondPorts the descriptor's other ports, each of which is replaced by a
 * different port per process
 * @param checks the health checks, by kind
 * @param gracePeriod the time from SIGTERM to SIGKILL
 * @param sigterm whether an instance gets SIGTERM before it is ended; otherwise it gets
 * only SIGKILL, after the grace period
 * @param events receives each transition
 * @param checked receives the result of each check
 */
public record Deployment(String service, ProcessCommand command, int containerPort, SecondPorts secondPorts,
		Map<CheckKind, HealthCheck> checks, Duration gracePeriod, boolean sigterm, Consumer<InstanceEvent> events,
		Consumer<InstanceCheck> checked) {

	/**
	 * Copies the checks.
	 */
	public Deployment {
		checks = Map.copyOf(checks);
	}

	LifecycleRules rules() {
		return new LifecycleRules(
				this.checks.entrySet()
					.stream()
					.collect(Collectors.toMap(Map.Entry::getKey, (check) -> check.getValue().timings())),
				this.gracePeriod);
	}

}
