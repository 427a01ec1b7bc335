package io.eas.emulator.instance;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.eas.emulator.net.FreePort;

/**
 * Which instance has which second port, over all services of an emulator. Thread-safe.
 */
public final class PortOwners {

	private final Map<Integer, Object> owners = new HashMap<>();

	/**
	 * Takes ports for an instance in place of those that it had.
	 * @param owner the instance
	 * @param named the ports that its descriptor names
	 * @return by the port that is named, that one if it is free, or another
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

	/** Its owner may not listen on it yet. */
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
