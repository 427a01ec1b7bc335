package io.eas.ai;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.eas.properties.EasServicesBinder;
import io.eas.properties.InvalidEasPropertyException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sets defaults for the models of Spring AI whose base URL is that of an alias: no API
 * key is needed, since the client has the token of the service, and the OpenAI library
 * doesn't retry, since the client does. What the application sets wins.
 */
final class OpenAiDefaults implements EnvironmentPostProcessor, Ordered {

	private static final String PREFIX = "spring.ai.openai.";

	private static final List<String> MODELS = List.of("chat", "embedding", "image", "moderation", "audio.speech",
			"audio.transcription");

	OpenAiDefaults() {
	}

	/** The last one, when the configuration has been read. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Map<String, Object> defaults = new LinkedHashMap<>();
		for (String model : MODELS) {
			String url = get(environment, model, "base-url");
			if (url != null && aliases(environment).contains(host(url))) {
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
		if (get(environment, model, key) == null) {
			defaults.put(PREFIX + model + "." + key, value);
		}
	}

	/** Returns the property of a model, or that of all models. */
	private static @Nullable String get(ConfigurableEnvironment environment, String model, String key) {
		String own = environment.getProperty(PREFIX + model + "." + key);
		return (own != null) ? own : environment.getProperty(PREFIX + key);
	}

	private static Set<String> aliases(ConfigurableEnvironment environment) {
		try {
			return new EasServicesBinder(environment).aliases();
		}
		catch (InvalidEasPropertyException ex) {
			// the auto-configuration of the clients says so
			return Set.of();
		}
	}

	/** Returns an empty text for a URL that can't be that of an alias. */
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
