package io.eas.discovery.probe;

/**
 * What one check found.
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
	 * @param dubious whether somebody should have a look at how the check is set up
	 */
	record Passed(String detail, boolean dubious) implements ProbeResult {
	}

	/**
	 * The instance didn't pass, or not in time.
	 *
	 * @param detail what happened
	 */
	record Failed(String detail) implements ProbeResult {
	}

	/**
	 * The check could not be carried out, so it says nothing about the instance.
	 *
	 * @param detail what happened
	 */
	record Discarded(String detail) implements ProbeResult {
	}

}
