package io.eas.emulator.instance;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.eas.emulator.net.FreePort;

/**
 * Keeps track of the instances that own second ports, across all services of an emulator.
 * Thread-safe.
 */
public final class PortOwners {

	private final Map<Integer, Object> owners = new HashMap<>();

	/**
	 * Assigns ports to an instance, and releases its previous ports.
	 * @param owner the instance
	 * @param named the ports that the descriptor names
	 * @return the assigned port by named port: the named port itself if it is free,
	 * otherwise another one
	 */
	synchronized Map<Integer, Integer> take(Object owner, Set<Integer> named) {
		giveBack(owner);
		Map<Integer, Integer> own = new HashMap<>();
		for (int port : named) {
			int given = isFree(port) ? port : find();
			own.put(port, given);
			this.owners.put(given, owner);
		}
		return own;
	}

	private boolean isFree(int port) {
		return !this.owners.containsKey(port) && !FreePort.isTaken(port);
	}

	/**
	 * Finds a free port that isn't assigned yet. An assigned port may look free because
	 * its owner doesn't listen on it yet.
	 */
	private int find() {
		int port = FreePort.find();
		while (this.owners.containsKey(port)) {
			port = FreePort.find();
		}
		return port;
	}

	synchronized void giveBack(Object owner) {
		this.owners.values().removeIf((each) -> each == owner);
	}

}
