package io.eas.emulator;

import java.util.function.BiFunction;

import io.eas.emulator.instance.Instance;
import io.eas.emulator.instance.InstanceFactory;
import io.eas.emulator.net.Assert;
import org.jspecify.annotations.Nullable;

/**
 * How to make an instance.
 *
 * @param weight the weight it starts with
 * @param create makes an instance of a given name; nothing is started
 * @param alone why there can be only one at a time; {@code null}: there can be more
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
