package io.eas.deployment.validation;

/**
 * Checks the path of an HTTP check, and proposes a valid path in place of an invalid one.
 */
final class HttpPath {

	private HttpPath() {
	}

	/**
	 * Returns whether a text is a path. A text that begins with two slashes names a host.
	 * @param written the text
	 * @return {@code true} if it begins with one slash and has no blank
	 */
	static boolean isPath(String written) {
		return written.startsWith("/") && !written.startsWith("//")
				&& written.chars().noneMatch(Character::isWhitespace);
	}

	/**
	 * Returns a valid path.
	 * @param written a path without a leading slash, or a URL
	 * @return the path with a slash, or the path of the URL
	 */
	static String of(String written) {
		String path = written.strip().replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/]*", "").replaceAll("\\s", "%20");
		return path.startsWith("/") ? path : "/" + path;
	}

}
