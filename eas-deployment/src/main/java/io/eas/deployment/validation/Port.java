package io.eas.deployment.validation;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eas.deployment.model.CheckMethod;

/**
 * A port that was written somewhere.
 *
 * @param path where
 * @param number the port, right or wrong
 */
record Port(String path, int number) {

	private static final Pattern VARIABLE = Pattern.compile("(.*_)?PORT");

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

	static Stream<Port> all(Subject service) {
		return Stream.concat(ofContainers(service), ofChecks(service));
	}

	static Stream<Port> ofContainers(Subject service) {
		return service.containers().stream().flatMap((placed) -> {
			Integer port = placed.container().port();
			return (port != null) ? Stream.of(new Port(placed.at("port"), port)) : Stream.empty();
		});
	}

	static Stream<Port> ofChecks(Subject service) {
		return service.checks().flatMap(Port::ofCheck).filter((port) -> service.written(port.path()));
	}

	/**
	 * Further ports that a process is told to listen on, such as by
	 * {@code MANAGEMENT_SERVER_PORT}.
	 */
	static Set<Integer> namedInEnv(Subject service) {
		return service.containers()
			.stream()
			.flatMap((placed) -> placed.container().env().stream())
			.filter((variable) -> VARIABLE.matcher(variable.name()).matches()
					&& NUMBER.matcher(variable.value()).matches())
			.map((variable) -> Integer.valueOf(variable.value()))
			.collect(Collectors.toSet());
	}

	private static Stream<Port> ofCheck(PlacedCheck check) {
		return Stream.concat(
				check.by(CheckMethod.HttpGet.class).map((get) -> new Port(check.at("http_get.port"), get.port())),
				check.by(CheckMethod.TcpSocket.class).map((tcp) -> new Port(check.at("tcp_socket.port"), tcp.port())));
	}

}
