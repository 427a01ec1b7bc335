package io.eas.benchmarks.instances;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How an instance answers.
 *
 * @param work what each request takes; time, but no processor
 * @param oneByOne whether requests wait for each other
 * @param backlog how many connections may wait to be accepted
 */
public record InstanceSettings(Duration work, boolean oneByOne, int backlog) {

	public InstanceSettings {
		if (work.isNegative() || backlog < 1) {
			throw new IllegalArgumentException(
					"work must not be negative and backlog 1 at least, were " + work.toMillis() + " ms and " + backlog);
		}
	}

	List<String> arguments() {
		List<String> arguments = new ArrayList<>(
				List.of("--work-micros=" + this.work.toNanos() / 1000, "--backlog=" + this.backlog));
		if (this.oneByOne) {
			arguments.add("--one-by-one");
		}
		return arguments;
	}

}
