package io.eas.deployment.validation;

import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;

/**
 * A rule that a service must keep. Stateless.
 */
interface Rule {

	/**
	 * Applies the rule.
	 * @param service the service
	 * @return what is wrong with it
	 */
	Stream<Finding> check(ValidationContext service);

}
