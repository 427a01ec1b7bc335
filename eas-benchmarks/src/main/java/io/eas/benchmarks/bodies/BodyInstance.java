package io.eas.benchmarks.bodies;

import java.util.List;

import io.eas.benchmarks.instances.Conversation;

/**
 * An instance that is a process. Closing ends it. Not thread-safe.
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

	/** Starts one and waits until it serves. */
	static BodyInstance start() {
		return new BodyInstance(Conversation.start(JVM, BodyServer.class, List.of()));
	}

	/** Where it listens, {@code host:port}. */
	String address() {
		return this.address;
	}

	/** How many bytes of answers it has handed to the network. */
	long sent() {
		return Long.parseLong(this.program.ask(BodyServer.SENT));
	}

	/** How many connections are open. */
	long connections() {
		return Long.parseLong(this.program.ask(BodyServer.CONNECTIONS));
	}

	@Override
	public void close() {
		this.program.close();
	}

}
