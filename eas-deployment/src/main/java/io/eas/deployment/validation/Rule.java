package io.eas.deployment.validation;

import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;

/**
 * Something that a service must keep. Stateless.
 */
interface Rule {

	/**
	 * Judges a service.
	 * @param service the service
	 * @return what is wrong with it
	 */
	Stream<Finding> check(Subject service);

}
