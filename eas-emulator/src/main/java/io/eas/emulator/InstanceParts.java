package io.eas.emulator;

import io.eas.emulator.net.Listener;
import io.eas.emulator.net.Network;

/**
 * What an instance consists of beside its life.
 *
 * @param <B> what is behind its front
 * @param name the instance's name
 * @param backend the model
 * @param front the engine's part
 * @param listener its port
 * @param network whose threads and connections it uses
 */
record InstanceParts<B extends Backend>(String name, B backend, InstanceFront front, Listener listener,
		Network network) {

	EmulatedInstance instance(InstanceSpec<B> spec) {
		return new EmulatedInstance(this.name, spec.weight(), this.backend, this.front, this.listener,
				spec.life().create(this));
	}

}
