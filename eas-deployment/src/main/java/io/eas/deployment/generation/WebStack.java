package io.eas.deployment.generation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The web stack of an application, and the settings that add a prefix to its paths.
 */
enum WebStack {

	/** Spring MVC or Jersey. */
	SERVLET("a servlet application"),

	/** Spring WebFlux. */
	REACTIVE("a reactive application");

	private final String words;

	WebStack(String words) {
		this.words = words;
	}

	/**
	 * Returns the stack that Spring Boot will choose: the configured one, or else the one
	 * on the class path, where Spring MVC takes precedence over WebFlux.
	 * @param libraries file names of all libraries; empty if unknown
	 * @return the stack; {@code null} if unknown
	 */
	static @Nullable WebStack of(Settings settings, List<String> libraries) {
		String type = settings.text("spring.main.web-application-type");
		if (type != null) {
			return type.equalsIgnoreCase("reactive") ? REACTIVE : SERVLET;
		}
		if (has(libraries, "spring-webmvc-") || has(libraries, "jersey-container-servlet-")) {
			return SERVLET;
		}
		return has(libraries, "spring-webflux-") ? REACTIVE : null;
	}

	/**
	 * Returns the prefix of all paths.
	 * @return the prefix; {@code /} if there is none
	 */
	String contextPath(Settings settings) {
		return UrlPath.of(pathSettings().stream().map((name) -> settings.text(name, "")).toArray(String[]::new));
	}

	/**
	 * Returns warnings about settings that have no effect because they belong to the
	 * other stack.
	 * @return one warning for each such setting
	 */
	List<String> ignored(Settings settings) {
		WebStack other = (this == SERVLET) ? REACTIVE : SERVLET;
		return other.pathSettings()
			.stream()
			.filter((name) -> settings.text(name) != null)
			.map((name) -> name + " is " + settings.text(name) + ", which has no effect in " + this.words + ": set "
					+ pathSettings().get(0) + " if the path is meant, or remove it")
			.toList();
	}

	private List<String> pathSettings() {
		return switch (this) {
			case SERVLET -> List.of("server.servlet.context-path", "spring.mvc.servlet.path");
			case REACTIVE -> List.of("spring.webflux.base-path");
		};
	}

	private static boolean has(List<String> libraries, String name) {
		return libraries.stream().anyMatch((library) -> library.startsWith(name));
	}

}
