package io.eas.benchmarks.load;

/**
 * Hears of every call that has ended. Thread-safe; called on event loops.
 */
@FunctionalInterface
public interface CallListener {

	/**
	 * A call has ended.
	 * @param started the {@link System#nanoTime} when it was made
	 * @param ended the {@link System#nanoTime} when it was over
	 * @param outcome what became of it
	 */
	void ended(long started, long ended, Outcome outcome);

}
