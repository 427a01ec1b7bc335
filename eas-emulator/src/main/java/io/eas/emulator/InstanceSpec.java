package io.eas.emulator;

import java.util.function.BiFunction;

import io.eas.emulator.net.Forwarder;

/**
 * How to make an instance.
 *
 * @param weight the weight it starts with
 * @param backend makes the model of an instance of a given name
 */
record InstanceSpec(int weight, BiFunction<String, Forwarder, Backend> backend) {

	InstanceSpec {
		Checks.weight(weight);
	}

}
