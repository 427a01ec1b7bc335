package io.eas.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a call.
 *
 * @param attempts the number of attempts, which may be 0
 * @param failure why there is no response, or {@code null} if there is one
 */
public record Outcome(int attempts, @Nullable Throwable failure) {

	public Outcome {
		if (attempts < 0) {
			throw new IllegalArgumentException("attempts must be 0 or more, was " + attempts);
		}
	}

	/**
	 * Returns the outcome of an answered call.
	 * @param attempts the number of attempts
	 * @return the outcome
	 */
	public static Outcome answered(int attempts) {
		return new Outcome(attempts, null);
	}

	/**
	 * Returns whether the call failed.
	 * @return {@code true} if there is no response
	 */
	public boolean isFailure() {
		return this.failure != null;
	}

}
