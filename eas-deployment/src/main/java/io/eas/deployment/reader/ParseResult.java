package io.eas.deployment.reader;

import java.util.List;
import java.util.Map;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.Position;
import io.eas.deployment.model.ServiceDescriptor;

/**
 * What could be read of a {@code service.json}, for a validator. Where something could
 * not be understood, the descriptor holds a harmless value, and a finding says why.
 *
 * @param descriptor as far as understood
 * @param findings what wasn't understood, in the order of the file
 * @param positions of every value that was written, by JSON path such as
 * {@code containers[0].port}
 */
public record ParseResult(ServiceDescriptor descriptor, List<Finding> findings, Map<String, Position> positions) {

	/**
	 * Copies.
	 */
	public ParseResult {
		findings = List.copyOf(findings);
		positions = Map.copyOf(positions);
	}

}
