package io.eas.emulator.probe;

/**
 * The result of one check.
 */
public sealed interface ProbeResult {

	/**
	 * What happened.
	 * @return a line for people, such as {@code GET /readyz answered 503}
	 */
	String detail();

	/**
	 * The instance passed.
	 *
	 * @param detail what happened
	 */
	record Success(String detail) implements ProbeResult {
	}

	/**
	 * The instance didn't pass, or not in time.
	 *
	 * @param detail what happened
	 */
	record Failure(String detail) implements ProbeResult {

		/**
		 * Whether nobody listens where it was asked.
		 * @return true for a refused connection
		 */
		public boolean isRefused() {
			return this.detail.endsWith(NetworkErrors.REFUSED);
		}

	}

	/**
	 * The check could not be carried out, so it says nothing about the instance.
	 *
	 * @param detail what happened
	 */
	record Discarded(String detail) implements ProbeResult {
	}

}
