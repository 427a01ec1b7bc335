package io.eas.emulator.probe;

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

	boolean isSuccess() {
		return this.status >= 200 && this.status < 400;
	}

	/**
	 * Where to go on; {@code null} where nothing is to be followed, as for a redirect
	 * that doesn't say where to: an answer like any other for the kubelet.
	 * @throws IllegalArgumentException if that is no address
	 */
	@Nullable URI next() {
		if (this.location == null || !REDIRECTS.contains(this.status)) {
			return null;
		}
		return this.from.resolve(this.location);
	}

}
