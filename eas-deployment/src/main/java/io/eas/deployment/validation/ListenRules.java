package io.eas.deployment.validation;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Quoted;
import io.eas.deployment.model.Container.EnvironmentVariable;
import io.eas.deployment.validation.LocatedContainer.StartLine;
import org.jspecify.annotations.Nullable;

/**
 * Rules about the address and port on which a process is told to listen. A script may
 * start several processes; it is enough if one of them listens on the container's port.
 */
final class ListenRules {

	static final List<Rule> ALL = List.of(ListenRules::port, ListenRules::portVariables, ListenRules::address,
			ListenRules::addressVariables);

	private ListenRules() {
	}

	static Stream<Finding> port(ValidationContext service) {
		return service.containers().stream().flatMap((placed) -> {
			Integer port = placed.container().port();
			return placed.startLines().flatMap((line) -> {
				List<ListenOption> said = ports(line);
				if (port == null || said.stream().anyMatch((option) -> port.equals(option.port()))) {
					return Stream.empty();
				}
				return said.stream()
					.filter(ListenOption::last)
					.limit(1)
					.map((option) -> service.finding(
							FindingCode.LISTEN_PORT, line.path(), "should listen on the container's port, " + port
									+ ", names " + option.port() + " by " + option.name(),
							"Write the same port in both places."));
			});
		});
	}

	static Stream<Finding> portVariables(ValidationContext service) {
		return service.containers().stream().flatMap((placed) -> {
			Integer port = placed.container().port();
			boolean overridden = placed.startLines().anyMatch((line) -> !ports(line).isEmpty());
			return (port == null || overridden) ? Stream.empty() : variables(placed)
				.filter((variable) -> variable.option().port() != null && !port.equals(variable.option().port()))
				.map((variable) -> service.finding(
						FindingCode.LISTEN_PORT, variable.path(), "should be the container's port, " + port + ", as "
								+ Quoted.text(variable.option().name()) + " says where the process listens",
						"Write the same port in both places."));
		});
	}

	static Stream<Finding> address(ValidationContext service) {
		return serving(service).flatMap((placed) -> placed.startLines()
			.flatMap((line) -> loopback(line, placed.container().port()))
			.filter((located) -> !located.option().isAssumed() || variables(placed).allMatch(ListenRules::isPort))
			.map((located) -> unreachable(service, located)));
	}

	static Stream<Finding> addressVariables(ValidationContext service) {
		return serving(service).flatMap((placed) -> {
			boolean said = placed.startLines()
				.anyMatch((line) -> line.listens()
					.stream()
					.anyMatch((option) -> option.host() != null && !option.isAssumed()));
			return said ? Stream.empty() : variables(placed).filter((variable) -> variable.option().isLoopback())
				.map((variable) -> unreachable(service, variable));
		});
	}

	/**
	 * Returns the containers that serve requests. If there are several containers, a
	 * container without a port isn't returned, because it only supports the other
	 * containers.
	 */
	private static Stream<LocatedContainer> serving(ValidationContext service) {
		List<LocatedContainer> all = service.containers();
		return all.stream().filter((placed) -> placed.container().port() != null || all.size() == 1);
	}

	/**
	 * Returns the option that makes the serving process listen on the loopback address,
	 * if there is one. Other processes of a script and other containers may listen on
	 * that address.
	 */
	private static Stream<LocatedOption> loopback(StartLine line, @Nullable Integer port) {
		return line.listens().stream().filter(ListenOption::isLoopback).filter((option) -> {
			List<Integer> ports = ports(line).stream()
				.filter((other) -> other.command().pipe() == option.command().pipe())
				.map(ListenOption::port)
				.toList();
			return (port != null && ports.contains(port)) || (option.last() && (port == null || ports.isEmpty()));
		})
			.sorted(Comparator.comparing((option) -> !option.isCertain()))
			.limit(1)
			.map((option) -> new LocatedOption(line.path(), option));
	}

	private static Finding unreachable(ValidationContext service, LocatedOption located) {
		ListenOption option = located.option();
		String why = "make the process listen on 0.0.0.0, as EAS reaches it from outside of the container, ";
		return option.isCertain()
				? service.finding(FindingCode.LOOPBACK_ADDRESS, located.path(),
						"must " + why + "names the loopback address by " + option.name(), "Write 0.0.0.0.")
				: service.finding(FindingCode.LOOPBACK_POSSIBLE, located.path(),
						"should " + why + "may be on the loopback address by " + option.name(),
						option.isAssumed() ? "Write --host 0.0.0.0, unless the image does."
								: "Write 0.0.0.0, if this says where it listens.");
	}

	private static List<ListenOption> ports(StartLine line) {
		return line.listens().stream().filter((option) -> option.port() != null).toList();
	}

	private static Stream<LocatedOption> variables(LocatedContainer placed) {
		List<EnvironmentVariable> env = placed.container().env();
		return IntStream.range(0, env.size()).boxed().flatMap((i) -> {
			EnvironmentVariable variable = env.get(i);
			return ListenOption.ofVariable(variable.name(), variable.value())
				.stream()
				.map((option) -> new LocatedOption(placed.at("env[" + i + "].value"), option));
		});
	}

	private static boolean isPort(LocatedOption variable) {
		return variable.option().host() == null;
	}

	private record LocatedOption(String path, ListenOption option) {
	}

}
