package io.eas.discovery.probe;

import java.net.URI;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * As much of an HTTP answer as a check looks at.
 *
 * @param from what was asked
 * @param status the status
 * @param location where it redirects to, as it came
 */
record HttpAnswer(URI from, int status, @Nullable String location) {

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	boolean hasPassed() {
		return this.status >= 200 && this.status < 400;
	}

	/**
	 * Where to go on; null where nothing is to be followed, as with a redirect that
	 * doesn't say where to, which is an answer like any other.
	 * @throws IllegalArgumentException if that is no address
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
