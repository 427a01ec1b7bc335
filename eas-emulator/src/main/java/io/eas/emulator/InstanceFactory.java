package io.eas.emulator;

import io.eas.emulator.net.Forwarder;
import io.eas.emulator.net.Listener;
import io.eas.emulator.net.Network;
import io.eas.emulator.token.TokenCheck;

/**
 * Puts an instance together; nothing is started.
 *
 * @param network whose threads and connections instances use
 * @param forwarder how fronts reach processes
 */
record InstanceFactory(Network network, Forwarder forwarder) {

	<B extends Backend> EmulatedInstance create(String name, InstanceSpec<B> spec, TokenCheck tokens) {
		B backend = spec.backend().apply(name, this.forwarder);
		InstanceFront front = new InstanceFront(tokens, backend, this.network.scheduler());
		Listener listener = new Listener(this.network, 0, front::handle);
		return new InstanceParts<>(name, backend, front, listener, this.network).instance(spec);
	}

}
