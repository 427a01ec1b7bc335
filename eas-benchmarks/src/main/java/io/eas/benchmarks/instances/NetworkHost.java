package io.eas.benchmarks.instances;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.eas.benchmarks.load.Pause;

/**
 * An instance on a host of its own: a process in a network namespace, which a pair of
 * virtual interfaces connects with this machine. The kernel handles packets as between
 * machines. Needs Linux, root and iproute2. Its methods block. Closing this object ends
 * the process and removes the namespace; so does the end of this JVM. Not thread-safe.
 *
 * <pre>
 *   this machine                        namespace eas-PID-N
 *   198.18.N.1 ---------- veth --------- 198.18.N.2, and 198.18.100.N where it serves
 * </pre>
 *
 * The addresses are those that RFC 2544 reserves for benchmarks.
 */
public final class NetworkHost implements AutoCloseable {

	private static final String PREFIX = "eas-";

	private static final int PORT = 8000;

	/**
	 * An MTU that is large enough for handshakes and acknowledgements, but too small for
	 * any request.
	 */
	private static final String NARROW_MTU = "200";

	private static final String USUAL_MTU = "1500";

	private static final Duration LOOK = Duration.ofMillis(20);

	private final int number;

	private final String namespace;

	private final Thread hook = new Thread(this::remove);

	private final Conversation program;

	private NetworkHost(int number, InstanceSettings settings) {
		this.number = number;
		this.namespace = PREFIX + ProcessHandle.current().pid() + "-" + number;
		Runtime.getRuntime().addShutdownHook(this.hook);
		try {
			create();
			List<String> arguments = new ArrayList<>(List.of("--host=0.0.0.0", "--port=" + PORT));
			arguments.addAll(settings.arguments());
			this.program = Conversation.start(List.of("ip", "netns", "exec", this.namespace),
					Path.of(System.getProperty("java.home")), EchoProcess.JVM, EchoServer.class, arguments);
		}
		catch (RuntimeException ex) {
			removeAndForget();
			throw ex;
		}
	}

	/**
	 * Returns why such hosts can't be created here.
	 * @return the reason; empty if they can be created
	 */
	public static Optional<String> missing() {
		if (!System.getProperty("os.name").equals("Linux")) {
			return Optional.of("network namespaces need Linux");
		}
		if (!"root".equals(System.getProperty("user.name"))) {
			return Optional.of("network namespaces need root");
		}
		String probe = PREFIX + ProcessHandle.current().pid() + "-0";
		String refusal = run("ip", "netns", "add", probe);
		run("ip", "netns", "del", probe);
		return refusal.isEmpty() ? Optional.empty() : Optional.of("iproute2 can't add a network namespace: " + refusal);
	}

	/**
	 * Starts hosts and waits until they are ready.
	 * @param count the number of hosts
	 * @param settings the settings of each instance
	 * @return the hosts
	 * @throws IllegalStateException if a host can't be started; the others are then
	 * closed
	 */
	public static List<NetworkHost> start(int count, InstanceSettings settings) {
		removeLeftovers();
		List<NetworkHost> started = new ArrayList<>();
		try {
			for (int number = 1; number <= count; number++) {
				started.add(new NetworkHost(number, settings));
			}
			started.forEach((host) -> host.program.awaitReady());
			return started;
		}
		catch (RuntimeException ex) {
			started.forEach(NetworkHost::close);
			throw ex;
		}
	}

	/** Removes the namespaces left behind by runs of this program that were killed. */
	private static void removeLeftovers() {
		for (String line : run("ip", "netns", "list").split("\n")) {
			String name = line.split(" ")[0];
			String[] parts = name.split("-");
			if (name.startsWith(PREFIX) && parts.length == 3 && !Files.exists(Path.of("/proc", parts[1]))) {
				run("ip", "netns", "del", name);
			}
		}
	}

	private void create() {
		must("ip", "netns", "add", this.namespace);
		must("ip", "link", "add", device(), "type", "veth", "peer", "name", "eth0", "netns", this.namespace);
		must("ip", "addr", "add", near() + "/30", "dev", device());
		must("ip", "link", "set", device(), "up");
		inside("addr", "add", far() + "/30", "dev", "eth0");
		inside("addr", "add", host() + "/32", "dev", "lo");
		inside("link", "set", "lo", "up");
		plugIn();
		routeTo(this);
	}

	private String device() {
		return "easv" + this.number;
	}

	private String near() {
		return "198.18." + this.number + ".1";
	}

	private String far() {
		return "198.18." + this.number + ".2";
	}

	private String host() {
		return "198.18.100." + this.number;
	}

	/**
	 * Returns the address of the instance.
	 * @return {@code host:port}, even while another host has that address
	 */
	public String address() {
		return host() + ":" + PORT;
	}

	/**
	 * Disconnects the host: no packets pass in either direction, and no errors are sent.
	 */
	public void unplug() {
		inside("link", "set", "eth0", "down");
	}

	/** Ends {@link #unplug}. */
	public void plugIn() {
		inside("link", "set", "eth0", "up");
		inside("route", "replace", "default", "via", near());
	}

	/** Drops packets from the host to this machine, but not those to the host. */
	public void muffle() {
		inside("route", "add", "blackhole", near() + "/32");
	}

	/** Ends {@link #muffle}. */
	public void unmuffle() {
		inside("route", "del", "blackhole", near() + "/32");
	}

	/** Drops large packets to the host without sending errors. */
	public void narrow() {
		inside("route", "replace", "198.18." + this.number + ".0/30", "dev", "eth0", "src", far(), "advmss", "1400");
		inside("link", "set", "eth0", "mtu", NARROW_MTU);
	}

	/** Ends {@link #narrow}. */
	public void widen() {
		inside("link", "set", "eth0", "mtu", USUAL_MTU);
	}

	/**
	 * Moves this host's address to another host, which doesn't know the open connections.
	 * @param other the host that gets the address; this host to move the address back
	 */
	public void moveTo(NetworkHost other) {
		if (other != this) {
			run("ip", "-n", other.namespace, "addr", "add", host() + "/32", "dev", "lo");
		}
		routeTo(other);
	}

	private void routeTo(NetworkHost other) {
		must("ip", "route", "replace", host() + "/32", "via", other.far());
	}

	/** Suspends the process (SIGSTOP). */
	public void freeze() {
		this.program.send(Signal.STOP);
	}

	/** Resumes the process after {@link #freeze()}. */
	public void thaw() {
		this.program.send(Signal.CONT);
	}

	/**
	 * Waits until the instance gets a request.
	 * @param patience the longest time to wait
	 * @return the time until the request, or more than the longest time if there was none
	 */
	public Duration awaitRequest(Duration patience) {
		long start = System.nanoTime();
		String before = this.program.ask(EchoServer.COUNT);
		Duration taken = Duration.ZERO;
		while (this.program.ask(EchoServer.COUNT).equals(before) && taken.compareTo(patience) < 0) {
			Pause.of(LOOK);
			taken = Duration.ofNanos(System.nanoTime() - start);
		}
		return taken;
	}

	private void inside(String... words) {
		List<String> command = new ArrayList<>(List.of("ip", "-n", this.namespace));
		command.addAll(Arrays.asList(words));
		must(command.toArray(String[]::new));
	}

	private static void must(String... command) {
		String refusal = run(command);
		if (!refusal.isEmpty()) {
			throw new IllegalStateException(String.join(" ", command) + ": " + refusal);
		}
	}

	/** Runs a command. Returns its output, or why it failed if there is no output. */
	private static String run(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			int status = process.onExit().join().exitValue();
			return (status != 0 && said.isEmpty()) ? "exit code " + status : said;
		}
		catch (IOException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	private void remove() {
		run("ip", "link", "del", device());
		run("ip", "netns", "del", this.namespace);
	}

	private void removeAndForget() {
		remove();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// the JVM is shutting down, and the hook removes the namespace
		}
	}

	@Override
	public void close() {
		this.program.close();
		removeAndForget();
	}

}
