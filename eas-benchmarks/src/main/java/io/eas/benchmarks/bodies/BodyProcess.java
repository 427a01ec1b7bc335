package io.eas.benchmarks.bodies;

import java.time.Duration;
import java.util.List;

import io.eas.benchmarks.instances.Conversation;

/**
 * A variant in a process of its own, which is killed when this object is closed. Not
 * thread-safe.
 */
final class BodyProcess implements AutoCloseable {

	/** The JVM options of all processes that carry bodies. */
	static final List<String> CARRYING = List.of("-Xmx512m", "-Xms512m", "-XX:+UseParallelGC");

	/**
	 * The JVM options of all processes that read slowly: every buffer is tracked for
	 * leaks, which is slow, but these processes aren't timed.
	 */
	private static final List<String> READING = List.of("-Xmx128m", "-XX:+UseSerialGC",
			"-Dio.netty.leakDetection.level=paranoid",
			"-Dio.netty.customResourceLeakDetector=" + LeakCount.class.getName());

	private final BodyVariant variant;

	private final Conversation program;

	private BodyProcess(BodyVariant variant, List<String> jvm, String address) {
		this.variant = variant;
		this.program = Conversation.start(jvm, BodyProgram.class, List.of(variant.name(), address));
	}

	/** Starts a process that carries bodies, without waiting until it is ready. */
	static BodyProcess carrying(BodyVariant variant, String address) {
		return new BodyProcess(variant, CARRYING, address);
	}

	/** Starts a process that reads slowly, without waiting until it is ready. */
	static BodyProcess reading(BodyVariant variant, String address) {
		return new BodyProcess(variant, READING, address);
	}

	BodyVariant variant() {
		return this.variant;
	}

	void awaitReady() {
		this.program.awaitReady();
	}

	BodySample run(Transfer transfer, int callers, Duration before, Duration measured) {
		return BodySample.parse(this.program.ask(String.join(" ", BodyProgram.RUN, transfer.name(),
				String.valueOf(callers), before.toString(), measured.toString())));
	}

	Held hold(long bytes) {
		return Held.parse(this.program.ask(BodyProgram.HOLD + " " + bytes));
	}

	void cancel() {
		this.program.ask(BodyProgram.CANCEL);
	}

	/** Cancels responses halfway. Returns the number of buffers leaked so far. */
	long halves(int count) {
		return Long.parseLong(this.program.ask(BodyProgram.HALVES + " " + count));
	}

	@Override
	public void close() {
		this.program.close();
	}

}
