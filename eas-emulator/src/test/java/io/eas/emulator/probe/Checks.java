package io.eas.emulator.probe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.Timings;
import io.eas.emulator.process.ProcessTree;
import org.jspecify.annotations.Nullable;

/**
 * Checks to be done, with more time than they need, or with little.
 */
final class Checks {

	/** Longer than any check may take. */
	static final Duration PATIENCE = Duration.ofSeconds(30);

	/** The port of the descriptor; the instance's own is another. */
	static final int PORT = 8000;

	private Checks() {
	}

	static HealthCheck get(String path) {
		return check(new CheckMethod.HttpGet(path, PORT, OtherKeys.NONE));
	}

	static HealthCheck socket() {
		return check(new CheckMethod.TcpSocket(PORT, OtherKeys.NONE));
	}

	static HealthCheck exec(String... command) {
		return check(new CheckMethod.Exec(List.of(command), OtherKeys.NONE));
	}

	static HealthCheck check(CheckMethod method) {
		return new HealthCheck(method, new Timings(0, 10, 20, 1, 3), OtherKeys.NONE);
	}

	static HealthCheck within(int seconds, HealthCheck check) {
		return new HealthCheck(check.method(), new Timings(0, 10, seconds, 1, 3), check.other());
	}

	static ProbeTarget at(int port) {
		return new ProbeTarget((same) -> (same == PORT) ? port : 1, Map.of(), null, new ProcessTree());
	}

	static ProbeTarget in(@Nullable Path directory, Map<String, String> environment) {
		return new ProbeTarget((same) -> same, environment, directory, new ProcessTree());
	}

}
