package io.eas.benchmarks.paths;

/**
 * One way to call an echo service. Thread-safe.
 */
public interface CallPath extends AutoCloseable {

	/**
	 * Makes a call without waiting for its end.
	 * @param turn receives the result of the call, on any thread
	 */
	void call(Turn turn);

	@Override
	void close();

}
