package io.eas.benchmarks.paths;

/**
 * One way to call a service that echoes. Thread-safe.
 */
public interface CallPath extends AutoCloseable {

	/**
	 * Makes a call. Doesn't wait for its end.
	 * @param turn hears of its end, on whatever thread that comes
	 */
	void call(Turn turn);

	@Override
	void close();

}
