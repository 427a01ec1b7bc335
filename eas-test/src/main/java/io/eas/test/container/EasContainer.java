package io.eas.test.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A container with the local EAS, built from {@code eas-emulator/Dockerfile}. Its command
 * is a command of the emulator program; the default, {@code serve}, runs a service that
 * echoes requests:
 *
 * <pre class="code">
 * &#64;Bean
 * &#64;ServiceConnection
 * EasContainer eas() {
 *     return new EasContainer("eas-emulator").withCommand("serve", "--service", "mnist", "--instances", "2");
 * }
 * </pre>
 *
 * <p>
 * Clients call instances directly, at the ports that discovery lists. So these ports have
 * the same numbers outside of the container. They are chosen among the free ports of this
 * machine when the container first starts. If Docker runs on another machine, a port may
 * be in use there, and the container fails to start. The ports of discovery and of the
 * admin interface are mapped to any free ports, as usual.
 *
 * <p>
 * If Docker runs on this machine, all ports are published on 127.0.0.1 only. On another
 * machine they are published on all of its network interfaces: whoever reaches that
 * machine can call the admin interface, too, which has no password. Like other
 * containers, not thread-safe.
 */
public class EasContainer extends GenericContainer<EasContainer> {

	private static final int PORT = 8500;

	private static final int ADMIN_PORT = 8501;

	private static final Set<String> SUBCOMMANDS = Set.of("serve", "run");

	private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1");

	private final List<Integer> instancePorts = new ArrayList<>();

	private int instancePortCount = 10;

	/**
	 * Creates a container that isn't started.
	 * @param image the name of the image
	 */
	public EasContainer(String image) {
		this(DockerImageName.parse(image));
	}

	/**
	 * Creates a container that isn't started.
	 * @param image the name of the image
	 */
	public EasContainer(DockerImageName image) {
		super(image);
		withExposedPorts(PORT, ADMIN_PORT);
		withCommand("serve");
		// the port is open once all instances of serve are ready
		waitingFor(Wait.forHttp("/").forPort(PORT).forStatusCode(404));
	}

	/**
	 * Sets how many ports are published for instances.
	 * @param count the number of ports: one for each instance, and one more for a
	 * rollout; the default is 10
	 * @return this
	 */
	public EasContainer withInstancePorts(int count) {
		if (count < 1) {
			throw new IllegalArgumentException("there must be at least one port for instances, was " + count);
		}
		this.instancePortCount = count;
		return this;
	}

	/**
	 * Returns the port of discovery and gateway.
	 * @return the mapped port at {@link #getHost()}
	 * @throws IllegalStateException if the container isn't running
	 */
	public int getPort() {
		return getMappedPort(PORT);
	}

	/**
	 * Returns the port of the admin interface.
	 * @return the mapped port at {@link #getHost()}
	 * @throws IllegalStateException if the container isn't running
	 */
	public int getAdminPort() {
		return getMappedPort(ADMIN_PORT);
	}

	@Override
	protected void configure() {
		if (this.instancePorts.isEmpty()) {
			List<String> command = new ArrayList<>(List.of(getCommandParts()));
			int afterSubcommand = afterSubcommand(command);
			this.instancePorts.addAll(freePorts(this.instancePortCount));
			publish();
			// the options come right after the subcommand, because a command of instances
			// may end the line
			command.addAll(afterSubcommand, List.of("--instance-ports",
					this.instancePorts.stream().map(String::valueOf).collect(Collectors.joining(","))));
			setCommandParts(command.toArray(String[]::new));
		}
	}

	private static int afterSubcommand(List<String> command) {
		for (int i = 0; i < command.size(); i++) {
			if (SUBCOMMANDS.contains(command.get(i))) {
				return i + 1;
			}
		}
		throw new IllegalStateException("the command " + command + " of the local EAS contains neither serve nor run; "
				+ "write it as withCommand(\"serve\", ...), and the program of your model after \"--\"");
	}

	private void publish() {
		if (!THIS_MACHINE.contains(getHost())) {
			this.instancePorts.forEach((port) -> addFixedExposedPort(port, port));
			return;
		}
		List<String> bindings = new ArrayList<>(getPortBindings());
		// any free port, because none is named
		getExposedPorts().forEach((port) -> bindings.add("127.0.0.1::" + port));
		this.instancePorts.forEach((port) -> bindings.add("127.0.0.1:" + port + ":" + port));
		setPortBindings(bindings);
	}

	/** Returns different free ports. Each port stays bound until all are found. */
	private static List<Integer> freePorts(int count) {
		List<ServerSocket> held = new ArrayList<>();
		try {
			for (int i = 0; i < count; i++) {
				held.add(new ServerSocket(0));
			}
			return held.stream().map(ServerSocket::getLocalPort).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no " + count + " ports are free on this machine", ex);
		}
		finally {
			held.forEach(EasContainer::close);
		}
	}

	private static void close(ServerSocket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
