package io.eas.benchmarks.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.eas.benchmarks.calls.CallerProgram.Stint;
import io.eas.benchmarks.instances.Conversation;
import io.eas.benchmarks.paths.Variant;

/**
 * A variant in a process of its own, which is killed when this object is closed. Not
 * thread-safe.
 */
final class CallerProcess implements AutoCloseable {

	/** The JVM options of all variants. */
	static final List<String> JVM = List.of("-Xmx512m", "-Xms512m", "-XX:+UseParallelGC");

	private final Variant variant;

	private final Conversation program;

	private CallerProcess(Variant variant, List<String> addresses) {
		this.variant = variant;
		List<String> arguments = new ArrayList<>(List.of("--variant=" + variant));
		arguments.addAll(addresses);
		this.program = Conversation.start(JVM, CallerProgram.class, arguments);
	}

	/**
	 * Starts variants and waits until each is ready.
	 * @throws IllegalStateException if a variant can't be started; the others are then
	 * closed
	 */
	static List<CallerProcess> start(Set<Variant> variants, List<String> addresses) {
		List<CallerProcess> started = new ArrayList<>();
		try {
			variants.forEach((variant) -> started.add(new CallerProcess(variant, addresses)));
			started.forEach((process) -> process.program.awaitReady());
			return started;
		}
		catch (RuntimeException ex) {
			started.forEach(CallerProcess::close);
			throw ex;
		}
	}

	Variant variant() {
		return this.variant;
	}

	/** Makes calls and blocks until they have ended. */
	Sample call(Stint stint) {
		return Sample.parse(this.program.ask(stint.line()));
	}

	@Override
	public void close() {
		this.program.close();
	}

}
