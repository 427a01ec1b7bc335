package io.eas.deployment.generation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/**
 * The settings of an application, read by name as Spring Boot does. A setting that can't
 * be read leads to a {@link GenerationException} that names it.
 */
final class Settings {

	private final Binder binder;

	Settings(Environment environment) {
		this.binder = Binder.get(environment);
	}

	/**
	 * Returns a setting as text.
	 * @return the text; {@code null} if the setting is missing or empty
	 */
	@Nullable String text(String name) {
		String value = read(name, Bindable.of(String.class));
		return (value != null && !value.isBlank()) ? value.strip() : null;
	}

	String text(String name, String otherwise) {
		return Objects.requireNonNullElse(text(name), otherwise);
	}

	/**
	 * Returns a path, which may be empty.
	 * @return the path; empty if the setting is empty
	 */
	String path(String name, String otherwise) {
		return Objects.requireNonNullElse(read(name, Bindable.of(String.class)), otherwise).strip();
	}

	boolean is(String name, boolean otherwise) {
		return Objects.requireNonNullElse(read(name, Bindable.of(Boolean.class)), otherwise);
	}

	/**
	 * Returns whether a server uses TLS.
	 * @param name the name of its settings, such as {@code server.ssl}
	 */
	boolean isTls(String name) {
		return is(name + ".enabled", true)
				&& Stream.of(".bundle", ".certificate", ".key-store").anyMatch((key) -> text(name + key) != null);
	}

	@Nullable Integer number(String name) {
		return read(name, Bindable.of(Integer.class));
	}

	@Nullable Duration duration(String name) {
		return read(name, Bindable.of(Duration.class));
	}

	List<String> list(String name) {
		return Objects.requireNonNullElse(read(name, Bindable.listOf(String.class)), List.of());
	}

	private <T> @Nullable T read(String name, Bindable<T> type) {
		try {
			return this.binder.bind(name, type).orElse(null);
		}
		catch (RuntimeException ex) {
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(ex);
			throw new GenerationException(name + " can't be read: " + cause.getMessage()
					+ ". Set the property in the application, or set the variables that its value names with "
					+ "--env", ex);
		}
	}

}
