package io.eas.benchmarks.instances;

import java.util.ArrayList;
import java.util.List;

/**
 * An instance that is a process, to be killed, frozen or cut off, on a port of its own.
 * Its methods block. Closing ends it, whatever state it is in. Not thread-safe.
 */
public final class EchoProcess implements AutoCloseable {

	/** Small, and soon as fast as it will ever be. */
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
	 * Starts instances and waits until they serve.
	 * @param settings how each answers
	 * @return the instances
	 * @throws IllegalStateException if one can't be started; then none is left
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
	 * Where it listens.
	 * @return {@code host:port}, the same for life
	 */
	public String address() {
		return "127.0.0.1:" + this.port.number();
	}

	/** Kills it (SIGKILL): connections are reset, new ones refused. */
	public void kill() {
		this.program.kill();
	}

	/** Starts it anew, after it was killed, and waits until it serves. */
	public void restart() {
		this.program.kill();
		this.program = run(this.arguments);
		this.program.awaitReady();
	}

	/**
	 * Stops it in its tracks (SIGSTOP): connections are accepted, nothing is answered.
	 */
	public void freeze() {
		this.program.send(Signal.STOP);
	}

	/** Lets it go on after {@link #freeze()}. */
	public void thaw() {
		this.program.send(Signal.CONT);
	}

	/**
	 * Stops it in its tracks, with new connections not even accepted: what is sent to it
	 * vanishes.
	 */
	public void vanish() {
		freeze();
		this.backlog.fill();
	}

	/**
	 * Closes its connections properly, and from then on accepts none, so that those who
	 * connect hear nothing.
	 */
	public void seal() {
		this.program.tell(EchoServer.HOLD);
		this.backlog.fill();
		this.program.tell(EchoServer.CLOSE);
	}

	/** Resets its connections, and goes on accepting new ones. */
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
