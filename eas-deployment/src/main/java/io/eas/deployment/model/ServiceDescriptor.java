package io.eas.deployment.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A service as EAS is told to run it: the content of a {@code service.json}. It holds
 * what was written, right or wrong: only the validator says which. Immutable.
 *
 * @param metadata the service
 * @param cloud what it runs on; {@code null} if not said
 * @param containers what it runs; empty where a processor of EAS serves the model
 * @param other all other keys
 */
public record ServiceDescriptor(Metadata metadata, @Nullable Cloud cloud, List<Container> containers, OtherKeys other) {

	/**
	 * How long an instance is assumed to need for its start unless somebody says
	 * otherwise.
	 */
	public static final Duration DEFAULT_START_TIME = Duration.ofSeconds(60);

	/**
	 * Copies.
	 */
	public ServiceDescriptor {
		containers = List.copyOf(containers);
	}

	/**
	 * The health checks that EAS carries out.
	 * @param container one of the containers
	 * @return those of the container; where the service has none at all, the default one
	 */
	public Map<CheckKind, HealthCheck> checks(Container container) {
		return defaultCheck(container).map((check) -> Map.of(CheckKind.READINESS, check)).orElse(container.checks());
	}

	/**
	 * The check that EAS carries out, according to the vendor's SDK for Python, where a
	 * service has none at all: readiness is a connection to the container's port. When,
	 * and after how many failures, isn't documented, so these are the defaults of
	 * Kubernetes.
	 * @param container one of the containers
	 * @return empty where any container has a check, or this one has no port
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
