package io.eas.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * What became of a call.
 *
 * @param attempts how many attempts it took, 0 if it came to none
 * @param failure why there is no answer, or null if there is
 */
public record Outcome(int attempts, @Nullable Throwable failure) {

	public Outcome {
		if (attempts < 0) {
			throw new IllegalArgumentException("attempts must be 0 or more, was " + attempts);
		}
	}

	/**
	 * A call that was answered.
	 * @param attempts how many attempts it took
	 * @return its outcome
	 */
	public static Outcome answered(int attempts) {
		return new Outcome(attempts, null);
	}

	/**
	 * Whether there is no answer.
	 * @return {@code true} if it failed
	 */
	public boolean isFailure() {
		return this.failure != null;
	}

}
