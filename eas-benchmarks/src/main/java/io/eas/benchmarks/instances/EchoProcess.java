package io.eas.benchmarks.instances;

import java.util.ArrayList;
import java.util.List;

/**
 * An instance in a process of its own, which can be killed, suspended or cut off, and
 * whose port never changes. The methods block. Closing this object ends the process in
 * any state. Not thread-safe.
 */
public final class EchoProcess implements AutoCloseable {

	/** JVM options for a small process that reaches its full speed soon. */
	static final List<String> JVM = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	private final HeldPort port = HeldPort.any();

	private final Backlog backlog = new Backlog(this.port.number());

	private final List<String> arguments;

	private Conversation program;

	private EchoProcess(InstanceSettings settings) {
		this.arguments = arguments(settings, this.port.number());
		this.program = run(this.arguments);
	}

	/**
	 * Starts instances and waits until they are ready.
	 * @param settings the settings of each instance
	 * @return the instances
	 * @throws IllegalStateException if an instance can't be started; the others are then
	 * closed
	 */
	public static List<EchoProcess> start(List<InstanceSettings> settings) {
		List<EchoProcess> started = new ArrayList<>();
		try {
			settings.forEach((each) -> started.add(new EchoProcess(each)));
			started.forEach((instance) -> instance.program.awaitReady());
			return started;
		}
		catch (RuntimeException ex) {
			started.forEach(EchoProcess::close);
			throw ex;
		}
	}

	private static List<String> arguments(InstanceSettings settings, int port) {
		List<String> arguments = new ArrayList<>(List.of("--port=" + port));
		arguments.addAll(settings.arguments());
		return arguments;
	}

	private static Conversation run(List<String> arguments) {
		return Conversation.start(JVM, EchoServer.class, arguments);
	}

	/**
	 * Returns the address of the instance.
	 * @return {@code host:port}, which never changes
	 */
	public String address() {
		return "127.0.0.1:" + this.port.number();
	}

	/** Kills the process (SIGKILL). Open connections are reset and new ones refused. */
	public void kill() {
		this.program.kill();
	}

	/** Starts the killed process again and waits until it is ready. */
	public void restart() {
		this.program.kill();
		this.program = run(this.arguments);
		this.program.awaitReady();
	}

	/**
	 * Suspends the process (SIGSTOP). The kernel still accepts connections, but no
	 * request is answered.
	 */
	public void freeze() {
		this.program.send(Signal.STOP);
	}

	/** Resumes the process after {@link #freeze()}. */
	public void thaw() {
		this.program.send(Signal.CONT);
	}

	/**
	 * Suspends the process and fills its backlog, so that new connections are not even
	 * accepted: their packets are lost.
	 */
	public void vanish() {
		freeze();
		this.backlog.fill();
	}

	/**
	 * Closes all connections without a reset, and accepts no new ones, which get no
	 * response.
	 */
	public void seal() {
		this.program.tell(EchoServer.HOLD);
		this.backlog.fill();
		this.program.tell(EchoServer.CLOSE);
	}

	/** Resets all connections, and keeps accepting new ones. */
	public void reset() {
		this.program.tell(EchoServer.RESET);
	}

	/** Ends {@link #vanish()} and {@link #seal()}. */
	public void returnFromNowhere() {
		this.backlog.release();
		thaw();
		this.program.tell(EchoServer.GO);
	}

	@Override
	public void close() {
		this.program.kill();
		this.backlog.release();
		this.port.close();
	}

}
