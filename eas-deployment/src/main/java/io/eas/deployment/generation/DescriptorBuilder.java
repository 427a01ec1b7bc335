package io.eas.deployment.generation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Cloud;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.Container.EnvironmentVariable;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Metadata;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.Rpc;
import io.eas.deployment.model.ServiceDescriptor;
import io.eas.deployment.model.Timings;
import org.jspecify.annotations.Nullable;

/**
 * Builds a descriptor.
 *
 * @param request the request
 * @param name the name of the service
 * @param targets the targets of the checks
 * @param server the settings for the application's shutdown
 */
record DescriptorBuilder(GenerationRequest request, String name, ProbeTargets targets, ServerSettings server) {

	private static final int STARTUP_PERIOD = 2;

	ServiceDescriptor build() {
		return new ServiceDescriptor(metadata(), cloud(), List.of(container()), OtherKeys.NONE);
	}

	private Metadata metadata() {
		Rpc rpc = new Rpc(null, null, null, null, null, null, null, null, true, null, OtherKeys.NONE);
		return new Metadata(this.name, this.request.instances(), true, null, rpc, null,
				this.server.terminationGracePeriod(), OtherKeys.NONE);
	}

	private @Nullable Cloud cloud() {
		return (this.request.instanceType() == null) ? null
				: new Cloud(new Cloud.Computing(this.request.instanceType(), OtherKeys.NONE), null, OtherKeys.NONE);
	}

	private Container container() {
		List<EnvironmentVariable> env = env().entrySet()
			.stream()
			.map((entry) -> new EnvironmentVariable(entry.getKey(), entry.getValue(), OtherKeys.NONE))
			.toList();
		String command = Objects.requireNonNullElseGet(this.request.command(),
				() -> "java -jar " + this.request.application().getFileName());
		return new Container(this.request.image(), env, command, this.targets.main().port(), checks(), OtherKeys.NONE);
	}

	/**
	 * Returns the environment variables. If checks use a second port, a variable sets it,
	 * so that the port stays the same.
	 */
	private Map<String, String> env() {
		Map<String, String> env = new LinkedHashMap<>(this.request.env());
		Stream.of(this.targets.liveness(), this.targets.readiness())
			.map(ProbeTarget::listener)
			.filter((listener) -> !listener.equals(this.targets.main()))
			.forEach((listener) -> env.putIfAbsent("MANAGEMENT_SERVER_PORT", Integer.toString(listener.port())));
		return env;
	}

	private Map<CheckKind, HealthCheck> checks() {
		int readinessPeriod = this.server.readinessPeriod();
		return Map.of(CheckKind.STARTUP,
				check(this.targets.liveness(), STARTUP_PERIOD, STARTUP_PERIOD, startupFailures()), CheckKind.LIVENESS,
				check(this.targets.liveness(), 10, 3, 3), CheckKind.READINESS, check(this.targets.readiness(),
						readinessPeriod, Math.min(2, readinessPeriod), this.server.readinessFailureThreshold()));
	}

	/**
	 * Returns the failure threshold of the startup check. The last check that may be the
	 * first to pass must not come before the requested start time is over, nor before the
	 * validator's default start time is over.
	 */
	private int startupFailures() {
		Duration period = Duration.ofSeconds(STARTUP_PERIOD);
		Duration least = ServiceDescriptor.DEFAULT_START_TIME;
		Duration startTime = (this.request.startTime().compareTo(least) > 0) ? this.request.startTime() : least;
		long periods = startTime.plus(period).minusNanos(1).dividedBy(period);
		return Math.toIntExact(periods + 1);
	}

	private static HealthCheck check(ProbeTarget target, int period, int timeout, int failures) {
		return new HealthCheck(target.method(), new Timings(0, period, timeout, 1, failures), OtherKeys.NONE);
	}

}
