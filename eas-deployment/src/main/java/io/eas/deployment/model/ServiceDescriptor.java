package io.eas.deployment.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The content of a {@code service.json}, which describes a service to EAS. It holds the
 * values as written, valid or not; the validator checks them. Immutable.
 *
 * @param metadata the properties of the service
 * @param cloud the machines and the network; {@code null} if the file doesn't contain it
 * @param containers the containers of an instance; empty if a processor of EAS serves the
 * model
 * @param other all other keys
 */
public record ServiceDescriptor(Metadata metadata, @Nullable Cloud cloud, List<Container> containers, OtherKeys other) {

	/**
	 * The time that an instance is assumed to need to start, unless another time is
	 * given.
	 */
	public static final Duration DEFAULT_START_TIME = Duration.ofSeconds(60);

	/**
	 * Copies the containers.
	 */
	public ServiceDescriptor {
		containers = List.copyOf(containers);
	}

	/**
	 * Returns the health checks that EAS carries out.
	 * @param container one of the containers
	 * @return the checks of the container; if the service has no checks at all, the
	 * default check
	 */
	public Map<CheckKind, HealthCheck> checks(Container container) {
		return defaultCheck(container).map((check) -> Map.of(CheckKind.READINESS, check)).orElse(container.checks());
	}

	/**
	 * Returns the default check of a service without checks: a readiness check that
	 * connects to the container's port. According to the vendor's SDK for Python, EAS
	 * carries out such a check. Its timings and thresholds aren't documented, so the
	 * defaults of Kubernetes are used.
	 * @param container one of the containers
	 * @return the check; empty if any container has a check, or the given container has
	 * no port
	 */
	public Optional<HealthCheck> defaultCheck(Container container) {
		Integer port = container.port();
		if (port == null || this.containers.stream().anyMatch((each) -> !each.checks().isEmpty())) {
			return Optional.empty();
		}
		return Optional.of(new HealthCheck(new CheckMethod.TcpSocket(port, OtherKeys.NONE), new Timings(0, 10, 1, 1, 3),
				OtherKeys.NONE));
	}

}
