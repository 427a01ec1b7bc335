package io.eas.discovery.probe;

/** The result of a health check. */
public sealed interface ProbeResult {

	/**
	 * Returns a description of the result.
	 * @return a line of text, such as {@code GET /readyz answered 503}
	 */
	String detail();

	/**
	 * The instance passed.
	 *
	 * @param detail the description of the result
	 * @param dubious whether the health check may be misconfigured although it passed
	 */
	record Passed(String detail, boolean dubious) implements ProbeResult {
	}

	/**
	 * The instance didn't pass, or not in time.
	 *
	 * @param detail the description of the result
	 */
	record Failed(String detail) implements ProbeResult {
	}

	/**
	 * The health check could not be carried out, so it says nothing about the instance.
	 *
	 * @param detail the description of the result
	 */
	record Discarded(String detail) implements ProbeResult {
	}

}
