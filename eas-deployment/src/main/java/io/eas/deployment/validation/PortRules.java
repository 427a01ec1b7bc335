package io.eas.deployment.validation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;

/**
 * Rules about ports.
 */
final class PortRules {

	static final List<Rule> ALL = List.of(PortRules::range, PortRules::reserved, PortRules::conflict,
			PortRules::ofCheck, PortRules::missing);

	private static final Set<Integer> RESERVED = Set.of(8080, 9090);

	private static final int LARGEST = 65535;

	private PortRules() {
	}

	static Stream<Finding> range(ValidationContext service) {
		return DeclaredPort.all(service)
			.filter((port) -> !isPort(port.number()))
			.map((port) -> service.finding(FindingCode.OUT_OF_RANGE, port.path(),
					"must be between 1 and " + LARGEST + ", was " + port.number(),
					"Write the port the process listens on."));
	}

	static Stream<Finding> reserved(ValidationContext service) {
		return DeclaredPort.all(service)
			.filter((port) -> RESERVED.contains(port.number()))
			.map((port) -> service.finding(FindingCode.RESERVED_PORT, port.path(),
					"must not be " + port.number() + ", which the EAS engine keeps for itself",
					"Listen on another port, such as 8000"
							+ ((port.number() == 8080) ? "; for Spring Boot set server.port=8000." : ".")));
	}

	static Stream<Finding> conflict(ValidationContext service) {
		Map<Integer, String> first = new HashMap<>();
		return DeclaredPort.ofContainers(service).flatMap((port) -> {
			String other = first.putIfAbsent(port.number(), port.path());
			return (other != null)
					? Stream.of(service.finding(FindingCode.PORT_CONFLICT, port.path(),
							"must not be that of another container, was " + port.number() + " as " + other,
							"Let the two listen on different ports; all containers of an instance share one network."))
					: Stream.empty();
		});
	}

	static Stream<Finding> ofCheck(ValidationContext service) {
		Collection<Integer> listening = DeclaredPort.ofContainers(service)
			.map(DeclaredPort::number)
			.filter((port) -> isPort(port) && !RESERVED.contains(port))
			.collect(Collectors.toCollection(TreeSet::new));
		Set<Integer> named = DeclaredPort.named(service);
		return DeclaredPort.ofChecks(service)
			.filter((port) -> isPort(port.number()) && !RESERVED.contains(port.number()))
			.filter((port) -> !listening.isEmpty() && !listening.contains(port.number())
					&& !named.contains(port.number()))
			.map((port) -> service.finding(FindingCode.CHECK_PORT, port.path(),
					"should be a container's port (" + join(listening) + "), was " + port.number(),
					"Write the container's port, or, if the process also listens on " + port.number()
							+ ", name it in env, such as MANAGEMENT_SERVER_PORT, or in the command."));
	}

	static Stream<Finding> missing(ValidationContext service) {
		List<LocatedContainer> containers = service.containers();
		boolean web = Boolean.TRUE.equals(service.metadata().enableWebservice());
		if (!web || containers.isEmpty() || DeclaredPort.ofContainers(service).findAny().isPresent()
				|| containers.stream().anyMatch((each) -> service.wrong(each.at("port")))) {
			return Stream.empty();
		}
		return Stream.of(service.finding(FindingCode.NO_PORT, containers.get(0).at("port"),
				"is missing, and enable_webservice is true", "Write the port the process listens on, such as 8000."));
	}

	private static boolean isPort(int number) {
		return number >= 1 && number <= LARGEST;
	}

	private static String join(Collection<Integer> ports) {
		return ports.stream().map(Objects::toString).collect(Collectors.joining(", "));
	}

}
