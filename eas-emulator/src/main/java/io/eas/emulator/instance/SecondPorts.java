package io.eas.emulator.instance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.emulator.process.PortRewriter;
import io.eas.emulator.process.ProcessCommand;

/**
 * The ports, other than the container's, on which the processes of a service listen. On
 * EAS each instance has a host of its own. On this machine only one instance at a time
 * can use the port that the descriptor names; each of the other instances gets a free
 * port instead. Thread-safe.
 */
public final class SecondPorts {

	/** The variables that are set to the process's own port. */
	private static final Set<String> OWN = Set.of("PORT", "SERVER_PORT");

	/** Spring Boot's management port, which counts even if no check uses it. */
	private static final Pattern MANAGEMENT = Pattern
		.compile("(?i)management[._]server[._]port[\\s=]+[\"']?(\\d{1,5})\\b");

	private static final Pattern VARIABLE = Pattern.compile("(?i)(\\w+)_PORT=(\\d{1,5})");

	/**
	 * The suffix of a variable that shows that a port belongs to a peer, such as
	 * {@code DB_HOST} beside {@code DB_PORT}.
	 */
	private static final String OF_PEERS = "_(?:SERVER_|SERVICE_)?(?:HOST|HOSTS|HOSTNAME|ADDR|ADDRESS|IP|SERVERS?"
			+ "|BROKERS?|DOMAIN|ENDPOINT|URL|URI|USER|USERNAME|PASSWORD|DATABASE|DB)";

	/** Addresses on which a server listens, and which therefore name no peer. */
	private static final Set<String> WILDCARDS = Set.of("", "0.0.0.0", "::", "[::]", "*");

	private final Set<Integer> named;

	private final PortOwners owners;

	/**
	 * Creates an instance without assigned ports.
	 * @param named the ports that the descriptor names
	 * @param owners the owners of assigned ports
	 */
	SecondPorts(Collection<Integer> named, PortOwners owners) {
		this.named = Collections.unmodifiableSet(new TreeSet<>(named));
		this.owners = owners;
	}

	/**
	 * Finds the second ports of a descriptor: the ports that its checks use, Spring
	 * Boot's management port, and the ports in variables unless they belong to a peer. A
	 * port is found only if the command or a variable contains it.
	 * @param command the command that each process runs
	 * @param containerPort the container's port, which is not a second port
	 * @param checks the health checks
	 * @param owners the owners of assigned ports
	 * @return the ports, none of them assigned yet
	 */
	public static SecondPorts of(ProcessCommand command, int containerPort, Collection<HealthCheck> checks,
			PortOwners owners) {
		List<String> texts = texts(command);
		Stream<Integer> management = texts.stream()
			.flatMap((text) -> MANAGEMENT.matcher(text).results())
			.map((found) -> Integer.valueOf(found.group(1)));
		Stream<Integer> asked = checks.stream().flatMap((check) -> asked(check, command).stream());
		return new SecondPorts(Stream.of(management, asked, variables(texts, command))
			.flatMap((ports) -> ports)
			.filter((port) -> port != containerPort && port > 0 && port <= 65535 && names(texts, port))
			.toList(), owners);
	}

	private static List<String> texts(ProcessCommand command) {
		List<String> texts = new ArrayList<>(command.arguments());
		command.environment().forEach((name, value) -> {
			if (!OWN.contains(name)) {
				texts.add(name + '=' + value);
			}
		});
		return texts;
	}

	private static Stream<Integer> variables(List<String> texts, ProcessCommand command) {
		return texts.stream()
			.map(VARIABLE::matcher)
			.filter(Matcher::matches)
			.filter((found) -> command.environment()
				.entrySet()
				.stream()
				.noneMatch((other) -> isOfPeer(found.group(1), other.getKey(), other.getValue())))
			.map((found) -> Integer.valueOf(found.group(2)));
	}

	/**
	 * Returns whether another variable shows that a port belongs to a peer: {@code
	 * DB_HOST} shows this for {@code DB_PORT} and {@code DB_READ_PORT}.
	 */
	private static boolean isOfPeer(String of, String name, String value) {
		for (int end = of.length(); end > 0; end = of.lastIndexOf('_', end - 1)) {
			if (name.matches("(?i)" + Pattern.quote(of.substring(0, end)) + OF_PEERS)) {
				return !WILDCARDS.contains(value);
			}
		}
		return false;
	}

	/**
	 * Returns the ports that a check uses.
	 * @param check the check
	 * @param command the command that each process runs, with the environment of its
	 * programs
	 * @return the port of the check; for a program, the ports that follow an address of
	 * this machine in its arguments
	 */
	public static Set<Integer> asked(HealthCheck check, ProcessCommand command) {
		if (check.method() instanceof CheckMethod.HttpGet get) {
			return Set.of(get.port());
		}
		if (check.method() instanceof CheckMethod.TcpSocket socket) {
			return Set.of(socket.port());
		}
		Map<String, String> variables = new HashMap<>(command.environment());
		OWN.forEach(variables::remove);
		return PortRewriter.addressed(((CheckMethod.Exec) check.method()).command()
			.stream()
			.map((argument) -> Variables.byShell(Variables.byKubelet(argument, variables), variables))
			.toList());
	}

	private static boolean names(List<String> texts, int port) {
		PortRewriter other = new PortRewriter(Map.of(port, 0));
		return texts.stream().anyMatch((text) -> !other.command(text).equals(text));
	}

	/**
	 * Returns whether each instance can have a different port in place of this one.
	 * @param port a port of the descriptor
	 * @return {@code false} if neither the command nor a variable names the port, so that
	 * it can't be replaced
	 */
	public boolean contains(int port) {
		return this.named.contains(port);
	}

	/**
	 * Assigns ports to the next process of an instance, and releases the ports of its
	 * last process.
	 * @param owner the instance
	 * @return the assigned port by named port
	 */
	Map<Integer, Integer> take(Object owner) {
		return this.owners.take(owner, this.named);
	}

	void giveBack(Object owner) {
		this.owners.giveBack(owner);
	}

}
