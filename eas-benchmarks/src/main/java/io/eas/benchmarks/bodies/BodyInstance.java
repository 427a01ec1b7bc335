package io.eas.benchmarks.bodies;

import java.util.List;

import io.eas.benchmarks.instances.Conversation;

/**
 * An instance in a process of its own, which ends when this object is closed. Not
 * thread-safe.
 */
final class BodyInstance implements AutoCloseable {

	private static final List<String> JVM = List.of("-Xmx64m", "-XX:+UseSerialGC");

	private final Conversation program;

	private final String address;

	private BodyInstance(Conversation program) {
		program.awaitReady();
		this.program = program;
		this.address = BodyServer.HOST + ":" + program.ask(BodyServer.PORT);
	}

	/** Starts an instance and waits until it is ready. */
	static BodyInstance start() {
		return new BodyInstance(Conversation.start(JVM, BodyServer.class, List.of()));
	}

	/** Returns the address of the instance, {@code host:port}. */
	String address() {
		return this.address;
	}

	/** Returns how many bytes of responses the instance has handed to the network. */
	long sent() {
		return Long.parseLong(this.program.ask(BodyServer.SENT));
	}

	/** Returns the number of open connections. */
	long connections() {
		return Long.parseLong(this.program.ask(BodyServer.CONNECTIONS));
	}

	@Override
	public void close() {
		this.program.close();
	}

}
