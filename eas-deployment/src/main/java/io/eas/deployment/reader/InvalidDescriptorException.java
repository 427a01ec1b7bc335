package io.eas.deployment.reader;

import java.util.List;
import java.util.stream.Collectors;

import io.eas.deployment.finding.Finding;

/**
 * A {@code service.json} could not be read. The message has a line for each finding.
 */
public class InvalidDescriptorException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<Finding> findings;

	InvalidDescriptorException(String file, List<Finding> findings) {
		super(findings.stream().map((finding) -> finding.describe(file)).collect(Collectors.joining("\n")));
		this.findings = List.copyOf(findings);
	}

	/**
	 * What was found: errors only, in the order of the file.
	 * @return at least one
	 */
	public List<Finding> findings() {
		return this.findings;
	}

}
