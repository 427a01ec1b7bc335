package io.eas.emulator.instance;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.emulator.net.FreePort;
import io.eas.emulator.process.PortRewriter;
import io.eas.emulator.process.ProcessCommand;

/**
 * The ports beside the container's that the processes of a service listen on. On the
 * platform each instance has a host of its own; here one instance at a time has the port
 * that the descriptor names, and others have free ones in its place. Thread-safe.
 */
public final class SecondPorts {

	/** An option or a variable of Spring Boot, which no check has to ask for. */
	private static final Pattern MANAGEMENT = Pattern
		.compile("(?i)management[._]server[._]port[\\s=]+[\"']?(\\d{1,5})\\b");

	private final Collection<Integer> named;

	private final Map<Integer, Object> owners = new HashMap<>();

	/**
	 * Nothing is taken yet.
	 * @param named the ports that the descriptor names
	 */
	public SecondPorts(Collection<Integer> named) {
		this.named = new TreeSet<>(named);
	}

	/**
	 * Finds those of a descriptor: the ports that its checks ask, and that of Spring
	 * Boot's management, as far as the command or a variable names them.
	 * @param command what each process runs
	 * @param containerPort the container's port, which is none of them
	 * @param checks the health checks
	 * @return nothing is taken yet
	 */
	public static SecondPorts of(ProcessCommand command, int containerPort, Collection<HealthCheck> checks) {
		Stream<String> variables = command.environment()
			.entrySet()
			.stream()
			.map((variable) -> variable.getKey() + '=' + variable.getValue());
		Stream<Integer> management = Stream.concat(command.arguments().stream(), variables)
			.flatMap((text) -> MANAGEMENT.matcher(text).results())
			.map((found) -> Integer.valueOf(found.group(1)));
		Stream<Integer> asked = checks.stream().flatMap((check) -> port(check).stream().boxed());
		return new SecondPorts(Stream.concat(management, asked)
			.filter((port) -> port != containerPort && port > 0 && names(command, port))
			.toList());
	}

	/**
	 * The port that a check asks.
	 * @param check the check
	 * @return the port; empty for a program
	 */
	public static OptionalInt port(HealthCheck check) {
		if (check.method() instanceof CheckMethod.HttpGet get) {
			return OptionalInt.of(get.port());
		}
		return (check.method() instanceof CheckMethod.TcpSocket socket) ? OptionalInt.of(socket.port())
				: OptionalInt.empty();
	}

	private static boolean names(ProcessCommand command, int port) {
		return !command.withPorts(new PortRewriter(Map.of(port, 0))).equals(command);
	}

	/**
	 * Whether each instance has this port of its own.
	 * @param port a port of the descriptor
	 * @return {@code false} if nothing names it, so that it can't be another one
	 */
	public boolean contains(int port) {
		return this.named.contains(port);
	}

	/**
	 * Takes ports for the next process of an instance, in place of those that its last
	 * one had.
	 * @param owner the instance
	 * @return by the port that is named, the one that the process has
	 */
	synchronized Map<Integer, Integer> take(Object owner) {
		giveBack(owner);
		Map<Integer, Integer> own = new HashMap<>();
		for (int port : this.named) {
			boolean free = !this.owners.containsKey(port) && !FreePort.isTaken(port);
			int given = free ? port : FreePort.find();
			own.put(port, given);
			this.owners.put(given, owner);
		}
		return own;
	}

	synchronized void giveBack(Object owner) {
		this.owners.values().removeIf((each) -> each == owner);
	}

}
