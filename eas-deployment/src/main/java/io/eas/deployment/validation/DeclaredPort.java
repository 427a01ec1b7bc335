package io.eas.deployment.validation;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eas.deployment.model.CheckMethod;

/**
 * A port that a container or a check declares.
 *
 * @param path where
 * @param number the port, right or wrong
 */
record DeclaredPort(String path, int number) {

	private static final Pattern VARIABLE = Pattern.compile("(.*_)?PORT");

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

	static Stream<DeclaredPort> all(ValidationContext service) {
		return Stream.concat(ofContainers(service), ofChecks(service));
	}

	static Stream<DeclaredPort> ofContainers(ValidationContext service) {
		return service.containers().stream().flatMap((placed) -> {
			Integer port = placed.container().port();
			return (port != null) ? Stream.of(new DeclaredPort(placed.at("port"), port)) : Stream.empty();
		});
	}

	static Stream<DeclaredPort> ofChecks(ValidationContext service) {
		return service.checks().flatMap(DeclaredPort::ofCheck).filter((port) -> service.written(port.path()));
	}

	/**
	 * Further ports that a process is told to listen on, such as by
	 * {@code MANAGEMENT_SERVER_PORT}.
	 */
	static Set<Integer> namedInEnv(ValidationContext service) {
		return service.containers()
			.stream()
			.flatMap((placed) -> placed.container().env().stream())
			.filter((variable) -> VARIABLE.matcher(variable.name()).matches()
					&& NUMBER.matcher(variable.value()).matches())
			.map((variable) -> Integer.valueOf(variable.value()))
			.collect(Collectors.toSet());
	}

	private static Stream<DeclaredPort> ofCheck(LocatedCheck check) {
		return Stream.concat(
				check.by(CheckMethod.HttpGet.class)
					.map((get) -> new DeclaredPort(check.at("http_get.port"), get.port())),
				check.by(CheckMethod.TcpSocket.class)
					.map((tcp) -> new DeclaredPort(check.at("tcp_socket.port"), tcp.port())));
	}

}
