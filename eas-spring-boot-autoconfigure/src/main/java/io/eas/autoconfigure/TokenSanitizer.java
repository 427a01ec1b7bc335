package io.eas.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import io.eas.properties.EasServicesBinder;
import io.eas.properties.Secret;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.util.function.SingletonSupplier;

/**
 * Hides the properties that hold tokens, and every other value that a token occurs in,
 * such as a command line or the environment variable it comes from.
 */
final class TokenSanitizer implements SanitizingFunction {

	private final Supplier<List<String>> tokens;

	/** Reads the tokens when a value is first shown, not at the start. */
	TokenSanitizer(EasServicesBinder binder) {
		this.tokens = SingletonSupplier.of(() -> binder.tokens()
			.stream()
			.map(Secret::reveal)
			.filter((token) -> !token.isEmpty())
			.distinct()
			.toList());
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		Object value = data.getValue();
		if (value == null) {
			return data;
		}
		String key = data.getKey().toLowerCase(Locale.ROOT).replace('_', '.');
		boolean named = key.startsWith("eas.") && key.endsWith(".token");
		boolean holds = this.tokens.get().stream().anyMatch(value.toString()::contains);
		return (named || holds) ? data.withSanitizedValue() : data;
	}

}
