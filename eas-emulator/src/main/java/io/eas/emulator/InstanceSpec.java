package io.eas.emulator;

import java.util.function.BiFunction;

import io.eas.emulator.instance.Instance;
import io.eas.emulator.instance.InstanceFactory;
import io.eas.emulator.net.Assert;

/**
 * How to make an instance.
 *
 * @param weight the weight it starts with
 * @param create makes an instance of a given name; nothing is started
 */
record InstanceSpec(int weight, BiFunction<InstanceFactory, String, Instance> create) {

	InstanceSpec {
		checkWeight(weight);
	}

	static int checkWeight(int weight) {
		Assert.isTrue(weight >= 0, "the weight must be 0 or more, was " + weight);
		return weight;
	}

}
