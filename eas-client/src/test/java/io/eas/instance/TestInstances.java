package io.eas.instance;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.instance.InstanceList.Source;

/**
 * Lists of instances for tests.
 */
public final class TestInstances {

	private TestInstances() {
	}

	/**
	 * The instance that has this index in {@link #list(int...)}.
	 */
	public static EasInstance instance(int index, int weight) {
		return new EasInstance("10." + (index >> 16) + "." + (index >> 8 & 255) + "." + (index & 255), 8501, weight);
	}

	/**
	 * Instances with these weights, each with its index for an address.
	 */
	public static List<EasInstance> instances(int... weights) {
		AtomicInteger index = new AtomicInteger();
		return Arrays.stream(weights).mapToObj((weight) -> instance(index.getAndIncrement(), weight)).toList();
	}

	/**
	 * A list of instances with these weights.
	 */
	public static InstanceList list(int... weights) {
		return new InstanceList(instances(weights), Instant.EPOCH, Source.DISCOVERY);
	}

}
