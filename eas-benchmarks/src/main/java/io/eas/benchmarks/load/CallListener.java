package io.eas.benchmarks.load;

/**
 * A listener for the end of calls. Must be thread-safe; called on event loops.
 */
@FunctionalInterface
public interface CallListener {

	/**
	 * Called when a call has ended.
	 * @param started the {@link System#nanoTime} when the call was made
	 * @param ended the {@link System#nanoTime} when the call ended
	 * @param outcome the outcome of the call
	 */
	void ended(long started, long ended, Outcome outcome);

}
