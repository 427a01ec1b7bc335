package io.eas.deployment.validation;

import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;

/**
 * A validation rule. Stateless.
 */
interface Rule {

	/**
	 * Applies the rule.
	 * @param service the service
	 * @return the findings
	 */
	Stream<Finding> check(ValidationContext service);

}
