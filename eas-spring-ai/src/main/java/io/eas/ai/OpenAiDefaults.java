package io.eas.ai;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.eas.properties.EasServicesBinder;
import io.eas.properties.InvalidEasPropertyException;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sets defaults for those models of Spring AI whose base URL has an alias as its host.
 * They need no API key, because the client has the token of the service. The OpenAI
 * library doesn't retry, because the client does. Properties that the application sets
 * take precedence. Nothing is set if {@code eas.enabled} is false.
 */
final class OpenAiDefaults implements EnvironmentPostProcessor, Ordered {

	private static final String PREFIX = "spring.ai.openai.";

	private static final List<String> MODELS = List.of("chat", "embedding", "image", "moderation", "audio.speech",
			"audio.transcription");

	OpenAiDefaults() {
	}

	/** Runs last, after the configuration has been read. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if ("false".equalsIgnoreCase(resolve(environment, "eas.enabled"))) {
			return;
		}
		Map<String, Object> defaults = new LinkedHashMap<>();
		for (String model : MODELS) {
			String own = PREFIX + model + ".base-url";
			String url = resolve(environment, environment.containsProperty(own) ? own : PREFIX + "base-url");
			if (!url.isBlank() && aliases(environment).contains(host(url))) {
				// an empty key means that none is sent
				putIfUnset(environment, model, "api-key", "", defaults);
				putIfUnset(environment, model, "max-retries", 0, defaults);
			}
		}
		if (!defaults.isEmpty()) {
			environment.getPropertySources().addLast(new MapPropertySource("easOpenAiDefaults", defaults));
		}
	}

	private static void putIfUnset(ConfigurableEnvironment environment, String model, String key, Object value,
			Map<String, Object> defaults) {
		String own = PREFIX + model + "." + key;
		// the value is not read, because its placeholders may be resolved later, or never
		if (!environment.containsProperty(own) && !environment.containsProperty(PREFIX + key)) {
			defaults.put(own, value);
		}
	}

	/**
	 * Returns a property, or an empty text if it isn't set or its placeholders can't be
	 * resolved yet. The component that needs the property reports the error.
	 */
	private static String resolve(ConfigurableEnvironment environment, String key) {
		try {
			return environment.getProperty(key, "");
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	private static Set<String> aliases(ConfigurableEnvironment environment) {
		try {
			return new EasServicesBinder(environment).aliases();
		}
		catch (InvalidEasPropertyException ex) {
			// the auto-configuration of the clients reports the error
			return Set.of();
		}
	}

	/**
	 * Returns the host of a URL, or an empty text if the URL can't be that of an alias.
	 */
	private static String host(String url) {
		try {
			URI uri = URI.create(url.strip());
			boolean plain = "http".equals(uri.getScheme()) && (uri.getPort() == -1 || uri.getPort() == 80);
			return (plain && uri.getHost() != null) ? uri.getHost() : "";
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

}
