package io.eas.deployment;

import java.util.List;

/**
 * A {@code service.json} could not be read. The message has a line for each finding.
 */
public class InvalidDescriptorException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<Finding> findings;

	InvalidDescriptorException(String message, List<Finding> findings) {
		super(message);
		this.findings = List.copyOf(findings);
	}

	/**
	 * What was found.
	 * @return at least one
	 */
	public List<Finding> findings() {
		return this.findings;
	}

}
