package io.eas.emulator.discovery;

/**
 * An instance as discovery lists it and the gateway reaches it.
 */
public interface ListedInstance {

	/**
	 * Returns the port that discovery lists.
	 * @return a TCP port, which never changes
	 */
	int port();

	/**
	 * Returns the weight that discovery lists.
	 * @return 0 or more; with 0, the instance gets no traffic while other instances have
	 * weight
	 */
	int weight();

}
