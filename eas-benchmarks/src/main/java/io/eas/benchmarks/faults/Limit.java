package io.eas.benchmarks.faults;

import java.time.Duration;

import io.eas.benchmarks.instances.InstanceSettings;

/**
 * The bottleneck that limits the throughput without a fault.
 */
enum Limit {

	/** The processor, which client and instances share. */
	CPU,

	/**
	 * The processing time of a request in an instance, independent of the instance's
	 * load.
	 */
	LATENCY,

	/** The instances, each of which processes one request at a time. */
	INSTANCES;

	InstanceSettings settings(Duration work, int backlog) {
		return new InstanceSettings((this == CPU) ? Duration.ZERO : work, this == INSTANCES, backlog);
	}

	/**
	 * Returns the fraction of the throughput that is left without some of the instances.
	 */
	double left(int instances, int out) {
		return (this == INSTANCES) ? (double) (instances - out) / instances : 1;
	}

	@Override
	public String toString() {
		return switch (this) {
			case CPU -> "processor";
			case LATENCY -> "latency";
			case INSTANCES -> "instances";
		};
	}

}
