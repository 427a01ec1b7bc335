package io.eas.benchmarks.instances;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of an instance.
 *
 * @param work the processing time of a request, without use of the processor
 * @param oneByOne whether requests are processed one after the other
 * @param backlog the number of connections that may wait to be accepted
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
