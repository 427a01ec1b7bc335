package io.eas.deployment.validation;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognizes secrets by the name of a variable or an option, or by its value.
 */
final class SecretDetector {

	private static final Pattern NAME = Pattern
		.compile("(^|.*[_.-])[A-Z0-9]*(TOKENS?|SECRETS?|PASSWORDS?|PASSWD|PASSPHRASE|CREDENTIALS?"
				+ "|(ACCESS|API|PRIVATE|SECRET|ENCRYPTION|SIGNING|JWT|SSH|HMAC|AES)[_.-]?KEYS?)([_.-].*|$)"
				+ "|(.*[_.-])?(PASS|AK|SK)|.+[_.-]PWD"); // PWD alone: a directory

	// these name a location, a number or a setting, not a secret: HF_TOKEN_PATH,
	// PAD_TOKEN_ID, TOKEN_EXPIRY
	private static final Pattern HARMLESS_NAME = Pattern
		.compile("(.*[_.-])?(FILE|PATH|DIR|DIRECTORY|REGION|ENDPOINT|HOST|PORT|DOMAIN|URL|URI|ARN|PROJECT|NAMESPACE"
				+ "|LIMIT|LENGTH|COUNT|SIZE|TTL|TIMEOUT|EXPIRY|EXPIRES|EXPIRATION|EXPIRES[_.-](IN|AT|AFTER)|LIFETIME"
				+ "|DURATION|INTERVAL|AGE|DAYS|HOURS|MINUTES|SECONDS|SECS|MS|MILLIS"
				+ "|ENABLED|DISABLED|REQUIRED|NAME|TYPE|MODE|FORMAT|ENCODING|VERSION|ALGORITHM|ALG|POLICY|PREFIX"
				+ "|SUFFIX|ISSUER|AUDIENCE|SCOPES?|PROVIDER|PARALLELISM|(HEADER|COOKIE|PARAM|FIELD|QUERY)([_.-]KEY)?)"
				+ "|(.*[_.-])?(MAX|MIN|NUM|PAD|EOS|BOS)[_.-].*|.*TOKENS?[_.-]IDS?");

	private static final Pattern COUNTED_NAME = Pattern.compile(".*TOKENS?");

	private static final Pattern COUNT = Pattern.compile("\\d{1,7}");

	private static final Pattern HARMLESS_VALUE = Pattern
		.compile("|true|false|\\*+|\\$\\w+|\\$\\{[^}]*}|\\$\\([^)]*\\)|<[^>]*>", Pattern.CASE_INSENSITIVE);

	// in this order: Alibaba Cloud, AWS, PEM, GitHub, Hugging Face, OpenAI, Stripe,
	// GitLab, Google, ModelScope, Slack, JWT, a URL with a user, a URL with a query, a
	// header
	private static final Pattern VALUE = Pattern.compile("\\bLTAI[0-9A-Za-z]{8,}|\\b(AKIA|ASIA)[0-9A-Z]{12,}"
			+ "|-----BEGIN [A-Z ]*PRIVATE KEY|\\bgh[pousr]_[0-9A-Za-z]{20,}|\\bgithub_pat_\\w{20,}"
			+ "|\\bhf_[0-9A-Za-z]{16,}|\\bsk-[0-9A-Za-z_-]{16,}|\\bsk_(live|test)_[0-9A-Za-z]{10,}"
			+ "|\\bglpat-[0-9A-Za-z_-]{16,}|\\bAIza[0-9A-Za-z_-]{30,}|\\bms-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{8,}|\\bxox[abprs]-[0-9A-Za-z-]{10,}"
			+ "|\\beyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}|://[^/\\s:@]*:(?![*<]|\\$([{(]|[A-Z_]+@))[^/\\s@]+@"
			+ "|(?i:[?&;](password|passwd|pwd))=(?![&;$<]|\\s|$)|^\\s*(?i:Authorization:\\s*)?(Bearer|Basic)\\s+(?![$<])\\S{6,}\\s*$");

	private SecretDetector() {
	}

	/**
	 * Returns whether a variable looks like a secret.
	 * @param name its name
	 * @param value its value
	 * @return {@code true} if its value should not be in a file that other people read
	 */
	static boolean isLikely(String name, String value) {
		if (VALUE.matcher(value).find()) {
			return true;
		}
		String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
		return NAME.matcher(snake).matches() && !HARMLESS_NAME.matcher(snake).matches()
				&& !isHarmless(snake, value.strip());
	}

	private static boolean isHarmless(String name, String value) {
		return HARMLESS_VALUE.matcher(value).matches()
				|| (COUNTED_NAME.matcher(name).matches() && COUNT.matcher(value).matches());
	}

}
