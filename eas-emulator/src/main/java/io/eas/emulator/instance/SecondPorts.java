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
 * The ports beside the container's that the processes of a service listen on. On the
 * platform each instance has a host of its own; here one instance at a time has the port
 * that the descriptor names, and others have free ones in its place. Thread-safe.
 */
public final class SecondPorts {

	/** They are set to the process's own port. */
	private static final Set<String> OWN = Set.of("PORT", "SERVER_PORT");

	/** An option or a variable of Spring Boot, which no check has to ask for. */
	private static final Pattern MANAGEMENT = Pattern
		.compile("(?i)management[._]server[._]port[\\s=]+[\"']?(\\d{1,5})\\b");

	private static final Pattern VARIABLE = Pattern.compile("(?i)(\\w+)_PORT=(\\d{1,5})");

	/** What else of a peer is told: {@code DB_HOST} beside {@code DB_PORT}. */
	private static final String OF_PEERS = "_(?:SERVER_|SERVICE_)?(?:HOST|HOSTS|HOSTNAME|ADDR|ADDRESS|IP|SERVERS?"
			+ "|BROKERS?|DOMAIN|ENDPOINT|URL|URI|USER|USERNAME|PASSWORD|DATABASE|DB)";

	/** On which addresses a server listens, which is no peer. */
	private static final Set<String> WILDCARDS = Set.of("", "0.0.0.0", "::", "[::]", "*");

	private final Set<Integer> named;

	private final PortOwners owners;

	/**
	 * Nothing is taken yet.
	 * @param named the ports that the descriptor names
	 * @param owners who has which port now
	 */
	SecondPorts(Collection<Integer> named, PortOwners owners) {
		this.named = Collections.unmodifiableSet(new TreeSet<>(named));
		this.owners = owners;
	}

	/**
	 * Finds those of a descriptor: the ports that its checks ask, that of Spring Boot's
	 * management and those of variables, as far as they aren't a peer's. The command or a
	 * variable must name them.
	 * @param command what each process runs
	 * @param containerPort the container's port, which is none of them
	 * @param checks the health checks
	 * @param owners who has which port now
	 * @return nothing is taken yet
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
	 * {@code DB_HOST} tells that {@code DB_PORT} and {@code DB_READ_PORT} are a peer's.
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
	 * The ports that a check asks.
	 * @param check the check
	 * @param command what each process runs, with the variables that a program finds
	 * @return the port, or for a program those that follow an address of this machine
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
	Map<Integer, Integer> take(Object owner) {
		return this.owners.take(owner, this.named);
	}

	void giveBack(Object owner) {
		this.owners.giveBack(owner);
	}

}
