package io.eas.deployment.reader;

import java.util.List;
import java.util.Map;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.Position;
import io.eas.deployment.model.ServiceDescriptor;

/**
 * The result of reading a {@code service.json}, for a validator. If a value could not be
 * understood, the descriptor contains a harmless value in its place, and there is a
 * finding.
 *
 * @param descriptor the descriptor as far as understood
 * @param findings the findings of the reader, in the order of the file
 * @param positions the position of every value in the file, by JSON path such as
 * {@code containers[0].port}
 */
public record ParseResult(ServiceDescriptor descriptor, List<Finding> findings, Map<String, Position> positions) {

	/**
	 * Copies the collections.
	 */
	public ParseResult {
		findings = List.copyOf(findings);
		positions = Map.copyOf(positions);
	}

}
