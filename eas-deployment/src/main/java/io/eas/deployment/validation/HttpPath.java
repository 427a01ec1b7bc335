package io.eas.deployment.validation;

/**
 * Checks the path of an HTTP check, and proposes the right one for a wrong one.
 */
final class HttpPath {

	private HttpPath() {
	}

	/**
	 * Whether it is a path. What begins with two slashes names a host.
	 * @param written what was written
	 * @return {@code true} if it begins with one slash and has no blank
	 */
	static boolean isPath(String written) {
		return written.startsWith("/") && !written.startsWith("//")
				&& written.chars().noneMatch(Character::isWhitespace);
	}

	/**
	 * The path with a slash.
	 * @param written a path without one, or a URL
	 * @return the path of the URL, or the path
	 */
	static String of(String written) {
		String path = written.strip().replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/]*", "").replaceAll("\\s", "%20");
		return path.startsWith("/") ? path : "/" + path;
	}

}
