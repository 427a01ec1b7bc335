package io.eas.deployment.reader;

import java.util.List;
import java.util.stream.Collectors;

import io.eas.deployment.finding.Finding;

/**
 * Thrown if a {@code service.json} can't be read. The message has a line for each
 * finding.
 */
public class InvalidDescriptorException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<Finding> findings;

	InvalidDescriptorException(String file, List<Finding> findings) {
		super(findings.stream().map((finding) -> finding.describe(file)).collect(Collectors.joining("\n")));
		this.findings = List.copyOf(findings);
	}

	/**
	 * Returns the errors in the order of the file.
	 * @return at least one finding
	 */
	public List<Finding> findings() {
		return this.findings;
	}

}
