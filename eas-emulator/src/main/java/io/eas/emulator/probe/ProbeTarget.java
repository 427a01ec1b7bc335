package io.eas.emulator.probe;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntUnaryOperator;

import io.eas.emulator.process.ProcessTree;
import org.jspecify.annotations.Nullable;

/**
 * The instance that is checked.
 *
 * @param ports maps a port of the descriptor to the port on this machine
 * @param environment environment variables of programs, in addition to those of this JVM
 * @param directory the working directory of programs; {@code null} for that of this JVM
 * @param tree the process tree in which a program is started; the tree ends with the
 * instance
 */
public record ProbeTarget(IntUnaryOperator ports, Map<String, String> environment, @Nullable Path directory,
		ProcessTree tree) {

	/**
	 * Copies the environment.
	 */
	public ProbeTarget {
		environment = Map.copyOf(environment);
	}

}
