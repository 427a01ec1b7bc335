package io.eas.deployment.generation;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Joins the parts of a path, whether or not they begin or end with a slash.
 */
final class UrlPath {

	private UrlPath() {
	}

	/**
	 * Joins parts of a path.
	 * @param parts the parts, such as {@code /api}, {@code health/} or an empty text
	 * @return a path that begins with a slash and, unless it is just {@code /}, doesn't
	 * end with one
	 */
	static String of(String... parts) {
		return Arrays.stream(parts)
			.flatMap((part) -> Arrays.stream(part.split("/")))
			.filter((segment) -> !segment.isBlank())
			.map((segment) -> "/" + segment.strip())
			.collect(Collectors.collectingAndThen(Collectors.joining(), (path) -> path.isEmpty() ? "/" : path));
	}

}
