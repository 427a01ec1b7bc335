package io.eas.deployment.generation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What serves the application's requests, and which settings put a path before them.
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
	 * The stack that Spring Boot will choose: the one that is set, or else by what is in
	 * the class path, where Spring MVC comes before WebFlux.
	 * @param libraries file names of all libraries; empty if unknown
	 * @return {@code null} if unknown
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
	 * The path before all that it serves.
	 * @return {@code /} if there is none
	 */
	String contextPath(Settings settings) {
		return UrlPath.of(pathSettings().stream().map((name) -> settings.text(name, "")).toArray(String[]::new));
	}

	/**
	 * The settings that have no effect in this stack, as they are another's.
	 * @return what to say of each that is set
	 */
	List<String> ignored(Settings settings) {
		WebStack other = (this == SERVLET) ? REACTIVE : SERVLET;
		return other.pathSettings()
			.stream()
			.filter((name) -> settings.text(name) != null)
			.map((name) -> name + " is " + settings.text(name) + ", which doesn't count in " + this.words + ": set "
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
