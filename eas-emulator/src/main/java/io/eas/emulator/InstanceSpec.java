package io.eas.emulator;

import java.util.function.BiFunction;

import io.eas.emulator.instance.Instance;
import io.eas.emulator.instance.InstanceFactory;
import io.eas.emulator.net.Assert;
import org.jspecify.annotations.Nullable;

/**
 * Describes how to create instances.
 *
 * @param weight the initial weight
 * @param create creates an instance with a given name, without starting anything
 * @param alone the reason why there can be only one instance at a time; {@code null} if
 * there can be several
 */
record InstanceSpec(int weight, BiFunction<InstanceFactory, String, Instance> create, @Nullable String alone) {

	InstanceSpec {
		checkWeight(weight);
	}

	static int checkWeight(int weight) {
		Assert.isTrue(weight >= 0, "the weight must be 0 or more, was " + weight);
		return weight;
	}

}
