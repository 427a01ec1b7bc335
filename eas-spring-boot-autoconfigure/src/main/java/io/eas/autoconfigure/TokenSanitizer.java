package io.eas.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.eas.properties.EasServicesBinder;
import io.eas.properties.Secret;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.util.function.SingletonSupplier;

/**
 * Masks the properties that contain tokens or a URL with user info, and every other value
 * that contains a token, such as a command line or the environment variable that a token
 * comes from.
 */
final class TokenSanitizer implements SanitizingFunction {

	/** The user info of a URL, which may contain a password. */
	private static final Pattern USER_INFO = Pattern.compile("://[^/]*@");

	private final Supplier<List<String>> tokens;

	/** Creates a sanitizer, which reads the tokens when the first value is shown. */
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
		boolean ours = key.startsWith("eas.");
		boolean named = ours && (key.endsWith(".token") || USER_INFO.matcher(value.toString()).find());
		boolean holds = this.tokens.get().stream().anyMatch(value.toString()::contains);
		return (named || holds) ? data.withSanitizedValue() : data;
	}

}
