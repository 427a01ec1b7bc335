package io.eas.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details of the connection to EAS. A bean of this type takes precedence over the
 * properties {@code endpoint}, {@code uid} and {@code region-id}. The local EAS for tests
 * is connected by such a bean.
 */
@FunctionalInterface
public interface EasConnectionDetails extends ConnectionDetails {

	/**
	 * Returns the endpoint of the discovery API and of the gateway of a service.
	 * @param alias the name under {@code eas.services}
	 * @return {@code host[:port]} or a URL; null to use the configuration
	 */
	@Nullable String getEndpoint(String alias);

}
