package io.eas.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where EAS is, for what knows it better than the configuration does: a bean of this type
 * wins over {@code endpoint}, {@code uid} and {@code region-id}. The local EAS is
 * connected this way.
 */
@FunctionalInterface
public interface EasConnectionDetails extends ConnectionDetails {

	/**
	 * The endpoint that answers discovery for a service, and is its gateway.
	 * @param alias the name under {@code eas.services}
	 * @return {@code host[:port]} or a URL; null to leave it to the configuration
	 */
	@Nullable String getEndpoint(String alias);

}
