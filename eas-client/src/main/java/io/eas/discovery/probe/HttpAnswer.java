package io.eas.discovery.probe;

import java.net.URI;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The parts of an HTTP response that a health check needs.
 *
 * @param from the URI of the request
 * @param status the status code
 * @param location the raw value of the Location header, or null
 */
record HttpAnswer(URI from, int status, @Nullable String location) {

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	boolean hasPassed() {
		return this.status >= 200 && this.status < 400;
	}

	/**
	 * Returns the URI to follow, or null if the response isn't a redirect or has no
	 * location.
	 * @throws IllegalArgumentException if the location isn't a valid URI
	 */
	@Nullable URI next() {
		return (this.location != null && REDIRECTS.contains(this.status)) ? this.from.resolve(this.location) : null;
	}

	boolean staysOnHost(URI next) {
		String host = this.from.getHost();
		return next.getAuthority() == null || next.getAuthority().equals(this.from.getAuthority())
				|| (host != null && host.equalsIgnoreCase(next.getHost()));
	}

}
