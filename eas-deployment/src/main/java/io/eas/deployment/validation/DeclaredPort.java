package io.eas.deployment.validation;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.Container.EnvironmentVariable;

/**
 * A port that a container or a check declares.
 *
 * @param path the path of the value
 * @param number the port, valid or not
 */
record DeclaredPort(String path, int number) {

	private static final Pattern NAME = Pattern.compile("(.*[_.-])?(port|PORT)|.*Port");

	private static final Pattern OPTION = Pattern.compile("-{0,2}([A-Za-z][\\w.-]*)=(\\d{1,5})");

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
	 * Returns further ports on which a process is told to listen, for example by
	 * {@code MANAGEMENT_SERVER_PORT} or {@code --management.server.port}.
	 */
	static Set<Integer> named(ValidationContext service) {
		return service.containers()
			.stream()
			.flatMap((placed) -> Stream.concat(
					placed.startLines().flatMap((line) -> Stream.concat(ports(line.listens()), inLine(line.text()))),
					placed.container().env().stream().flatMap(DeclaredPort::inVariable)))
			.collect(Collectors.toSet());
	}

	private static Stream<Integer> inVariable(EnvironmentVariable variable) {
		boolean port = NAME.matcher(variable.name()).matches() && NUMBER.matcher(variable.value()).matches();
		return port ? Stream.of(Integer.valueOf(variable.value())) : inLine(variable.value());
	}

	private static Stream<Integer> inLine(String line) {
		return ShellCommand.in(line).stream().map(ShellCommand::words).flatMap((words) -> {
			Stream<String> pairs = IntStream.range(1, words.size())
				.filter((i) -> words.get(i - 1).startsWith("-"))
				.mapToObj((i) -> words.get(i - 1) + "=" + words.get(i));
			return Stream.concat(words.stream(), pairs)
				.map(OPTION::matcher)
				.filter((option) -> option.matches() && NAME.matcher(option.group(1)).matches())
				.map((option) -> Integer.valueOf(option.group(2)));
		});
	}

	private static Stream<Integer> ports(List<ListenOption> options) {
		return options.stream().map(ListenOption::port).filter(Objects::nonNull);
	}

	private static Stream<DeclaredPort> ofCheck(LocatedCheck check) {
		return Stream.concat(
				check.by(CheckMethod.HttpGet.class)
					.map((get) -> new DeclaredPort(check.at("http_get.port"), get.port())),
				check.by(CheckMethod.TcpSocket.class)
					.map((tcp) -> new DeclaredPort(check.at("tcp_socket.port"), tcp.port())));
	}

}
