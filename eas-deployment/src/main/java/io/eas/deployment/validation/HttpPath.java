package io.eas.deployment.validation;

/**
 * What someone meant who wrote a path without a slash.
 */
final class HttpPath {

	private HttpPath() {
	}

	/**
	 * The path with a slash.
	 * @param written a path without one, or a URL
	 * @return the path of the URL, or the path
	 */
	static String of(String written) {
		String path = written.strip().replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://[^/]*", "");
		return path.startsWith("/") ? path : "/" + path;
	}

}
