package io.eas.emulator.probe;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntUnaryOperator;

import io.eas.emulator.process.ProcessTree;
import org.jspecify.annotations.Nullable;

/**
 * The instance that is checked.
 *
 * @param ports from a port of the descriptor to the one on this machine
 * @param environment for programs: variables beside those of this JVM
 * @param directory for programs: where they run; {@code null}: where this JVM does
 * @param tree for one program: ends with the instance
 */
public record ProbeTarget(IntUnaryOperator ports, Map<String, String> environment, @Nullable Path directory,
		ProcessTree tree) {

	/**
	 * Copies.
	 */
	public ProbeTarget {
		environment = Map.copyOf(environment);
	}

}
