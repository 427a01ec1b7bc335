package io.eas.emulator.discovery;

/**
 * An instance as discovery lists it and the gateway reaches it.
 */
public interface ListedInstance {

	/**
	 * The port that discovery lists.
	 * @return a TCP port of the loopback address, the same for life
	 */
	int port();

	/**
	 * The weight that discovery lists.
	 * @return 0 or more; 0 takes no traffic while others do
	 */
	int weight();

}
