package io.eas.emulator.probe;

/**
 * The result of one check.
 */
public sealed interface ProbeResult {

	/**
	 * Returns a description of the result.
	 * @return a line of text, such as {@code GET /readyz answered 503}
	 */
	String detail();

	/**
	 * The instance has passed the check.
	 *
	 * @param detail what happened
	 */
	record Success(String detail) implements ProbeResult {
	}

	/**
	 * The instance has not passed the check, or not in time.
	 *
	 * @param detail what happened
	 */
	record Failure(String detail) implements ProbeResult {

		/**
		 * Returns whether no process listens on the checked port.
		 * @return {@code true} for a refused connection
		 */
		public boolean isRefused() {
			return this.detail.endsWith(NetworkErrors.REFUSED);
		}

	}

	/**
	 * The check could not be carried out, so it counts neither as passed nor as failed.
	 *
	 * @param detail what happened
	 */
	record Discarded(String detail) implements ProbeResult {
	}

}
