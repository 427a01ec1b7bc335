package io.eas.autoconfigure;

import java.util.List;
import java.util.Locale;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the properties that hold tokens, and every other value that a token occurs in,
 * such as a command line or the environment variable it comes from.
 */
final class TokenSanitizer implements SanitizingFunction {

	private final List<String> tokens;

	TokenSanitizer(EasServicesBinder binder) {
		this.tokens = binder.tokens()
			.stream()
			.map(Secret::reveal)
			.filter((token) -> !token.isEmpty())
			.distinct()
			.toList();
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		Object value = data.getValue();
		if (value == null) {
			return data;
		}
		String key = data.getKey().toLowerCase(Locale.ROOT).replace('_', '.');
		boolean named = key.startsWith("eas.") && key.endsWith(".token");
		boolean holds = this.tokens.stream().anyMatch(value.toString()::contains);
		return (named || holds) ? data.withSanitizedValue() : data;
	}

}
