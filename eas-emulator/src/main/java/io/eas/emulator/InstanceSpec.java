package io.eas.emulator;

import java.util.function.BiFunction;

import io.eas.emulator.net.Forwarder;

/**
 * How to make an instance.
 *
 * @param <B> what is behind its front
 * @param weight the weight it starts with
 * @param backend makes the model of an instance of a given name
 * @param life makes who starts and ends the model
 */
record InstanceSpec<B extends Backend>(int weight, BiFunction<String, Forwarder, B> backend, LifeFactory<B> life) {

	InstanceSpec {
		Checks.weight(weight);
	}

	/**
	 * A model that nobody watches.
	 */
	static InstanceSpec<Backend> manual(int weight, BiFunction<String, Forwarder, Backend> backend) {
		return new InstanceSpec<>(weight, backend,
				(parts) -> new ManualLife(parts.name(), parts.backend(), parts.front(), parts.listener()));
	}

	/**
	 * Makes the life of an instance.
	 *
	 * @param <B> what is behind its front
	 */
	interface LifeFactory<B extends Backend> {

		InstanceLife create(InstanceParts<B> parts);

	}

}
