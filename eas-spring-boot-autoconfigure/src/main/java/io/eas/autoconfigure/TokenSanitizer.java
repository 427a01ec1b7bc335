package io.eas.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eas.properties.EasServicesBinder;
import io.eas.properties.Secret;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Masks tokens in properties of the starter, URLs of the starter that contain user info,
 * and every other value that contains a token, such as a command line or an environment
 * variable.
 */
final class TokenSanitizer implements SanitizingFunction {

	/** The user info of a URL, which may contain a password. */
	private static final Pattern USER_INFO = Pattern.compile("://[^/]*@");

	private final Supplier<EasServicesBinder> binder;

	/** The tokens of the current configuration, and those before each refresh. */
	private volatile List<String> tokens = List.of();

	private volatile boolean current;

	/**
	 * Creates a sanitizer, which reads the tokens when the first value is shown.
	 * @param binder reads the configuration
	 */
	TokenSanitizer(Supplier<EasServicesBinder> binder) {
		this.binder = binder;
	}

	/** Reads the tokens again when the next value is shown. */
	synchronized void refresh() {
		this.current = false;
	}

	private List<String> tokens() {
		if (!this.current) {
			read();
		}
		return this.tokens;
	}

	private synchronized void read() {
		Stream<String> configured = this.binder.get()
			.tokens()
			.stream()
			.map(Secret::reveal)
			.filter((token) -> !token.isEmpty());
		this.tokens = Stream.concat(this.tokens.stream(), configured).distinct().toList();
		this.current = true;
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
		boolean holds = tokens().stream().anyMatch(value.toString()::contains);
		return (named || holds) ? data.withSanitizedValue() : data;
	}

}
