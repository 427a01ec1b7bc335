package io.eas.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Checks the values of settings, and whether arguments are null. The name of a setting is
 * its name in a configuration, such as {@code connect-timeout}, relative to the settings
 * being checked; the name of an argument is that of the parameter. A setting that is null
 * is not set, and is not checked here. Stateless.
 */
public final class Assert {

	private static final String SET_IN_RANGE = "Set a value in that range, or remove the property to get the default.";

	private static final List<Map.Entry<String, Duration>> TIMES = List.of(Map.entry("d", Duration.ofDays(1)),
			Map.entry("h", Duration.ofHours(1)), Map.entry("m", Duration.ofMinutes(1)),
			Map.entry("s", Duration.ofSeconds(1)), Map.entry("ms", Duration.ofMillis(1)));

	private static final Duration LONGEST_IN_MILLIS = Duration.ofMillis(Long.MAX_VALUE);

	private static final List<Map.Entry<String, DataSize>> SIZES = List.of(Map.entry("GB", DataSize.ofGigabytes(1)),
			Map.entry("MB", DataSize.ofMegabytes(1)), Map.entry("KB", DataSize.ofKilobytes(1)));

	private static final String IN_PATH = "A-Za-z0-9._~!$&'()*+,;=:@%/-";

	private static final Pattern PATH = Pattern.compile("/[" + IN_PATH + "]*");

	private static final Pattern PATH_PART = Pattern.compile("[" + IN_PATH + "]*");

	/**
	 * A percent sign that doesn't begin an encoded character, or that begins an encoded
	 * control character.
	 */
	private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![2-9A-Fa-f][0-9A-Fa-f])|%7[Ff]");

	/**
	 * An empty segment that isn't the last one, or a segment that consists of one or two
	 * dots.
	 */
	private static final Pattern BAD_SEGMENT = Pattern.compile("//|/(?:\\.|%2[Ee]){1,2}(?:/|$)");

	private static final String PLACEHOLDER = "{service-name}";

	private static final Pattern ALIAS = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

	private Assert() {
	}

	/**
	 * Checks an argument for null.
	 * @param name the name of the parameter
	 * @param value the argument
	 * @param <T> the type of the argument
	 * @return the argument
	 * @throws NullPointerException if the argument is null; the message contains the name
	 */
	public static <T> T notNull(String name, @Nullable T value) {
		if (value == null) {
			throw new NullPointerException(name + " must not be null");
		}
		return value;
	}

	/**
	 * Checks an array of arguments and its elements for null.
	 * @param name the name of the parameter
	 * @param values the arguments
	 * @param <T> the type of an argument
	 * @return the arguments
	 * @throws NullPointerException if the array or one of its elements is null; the
	 * message contains the name
	 */
	public static <T> T[] noneNull(String name, T @Nullable [] values) {
		T[] known = notNull(name, values);
		for (T value : known) {
			if (value == null) {
				throw new NullPointerException(name + " must not hold null");
			}
		}
		return known;
	}

	/**
	 * Checks that a duration is within a range.
	 * @param name the name of the setting
	 * @param value the value, or null
	 * @param min the minimum
	 * @param max the maximum
	 * @throws InvalidSettingException if the value is out of range
	 */
	public static void between(String name, @Nullable Duration value, Duration min, Duration max) {
		if (value != null && (value.compareTo(min) < 0 || value.compareTo(max) > 0)) {
			throw outside(name, text(value), text(min), text(max));
		}
	}

	/**
	 * Checks that a size is within a range.
	 * @param name the name of the setting
	 * @param value the value
	 * @param min the minimum
	 * @param max the maximum
	 * @throws InvalidSettingException if the value is out of range
	 */
	public static void between(String name, DataSize value, DataSize min, DataSize max) {
		if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
			throw outside(name, text(value), text(min), text(max));
		}
	}

	/**
	 * Checks that a number is within a range.
	 * @param name the name of the setting
	 * @param value the value
	 * @param min the minimum
	 * @param max the maximum
	 * @throws InvalidSettingException if the value is out of range or NaN
	 */
	public static void between(String name, double value, double min, double max) {
		if (!(value >= min && value <= max)) {
			throw outside(name, text(value), text(min), text(max));
		}
	}

	/**
	 * Checks a port.
	 * @param name the name of the setting
	 * @param value the value, or null
	 * @throws InvalidSettingException if the value is not between 1 and 65535
	 */
	public static void port(String name, @Nullable Integer value) {
		if (value != null) {
			between(name, value, 1, 65535);
		}
	}

	/**
	 * Checks a path that is sent without encoding.
	 * @param name the name of the setting
	 * @param value the value, or null
	 * @param remedy the remedy for an invalid value, as a sentence
	 * @throws InvalidSettingException if the value has no leading slash, needs encoding,
	 * has a wrong encoding, or has an empty segment or one that is {@code .} or
	 * {@code ..}
	 */
	public static void path(String name, @Nullable String value, String remedy) {
		if (value != null) {
			path(name, value, value, remedy);
		}
	}

	/**
	 * Checks a path, with an optional query, that is sent without encoding.
	 * @param name the name of the setting
	 * @param value the value, or null
	 * @param remedy the remedy for an invalid value, as a sentence
	 * @throws InvalidSettingException see {@link #path(String, String, String)}; also if
	 * the query needs encoding or has a wrong encoding
	 */
	public static void pathAndQuery(String name, @Nullable String value, String remedy) {
		if (value != null) {
			pathAndQuery(name, value, value, remedy);
		}
	}

	/**
	 * Checks a path in which the placeholder {@code {service-name}} is replaced.
	 * @param name the name of the setting
	 * @param value the value, or null
	 * @param remedy the remedy for an invalid value, as a sentence
	 * @throws InvalidSettingException see {@link #pathAndQuery}; also if there is another
	 * placeholder
	 */
	public static void pathTemplate(String name, @Nullable String value, String remedy) {
		String path = (value != null) ? value.replace(PLACEHOLDER, "name") : "";
		if (path.indexOf('{') >= 0 || path.indexOf('}') >= 0) {
			throw invalid(name, value, "have no placeholder other than " + PLACEHOLDER, remedy);
		}
		if (value != null) {
			pathAndQuery(name, value, path, remedy);
		}
	}

	private static void pathAndQuery(String name, String value, String target, String remedy) {
		int query = target.indexOf('?');
		path(name, value, (query >= 0) ? target.substring(0, query) : target, remedy);
		part(name, value, target.substring(query + 1).replace('?', '/'), remedy);
	}

	private static void path(String name, String value, String path, String remedy) {
		if (!PATH.matcher(path).matches()) {
			throw invalid(name, value, "start with a slash and have only characters that need no encoding in a path",
					remedy);
		}
		part(name, value, path, remedy);
		if (BAD_SEGMENT.matcher(path).find()) {
			throw invalid(name, value, "have no empty segment, and none that is '.' or '..'", remedy);
		}
	}

	private static void part(String name, String value, String part, String remedy) {
		if (!PATH_PART.matcher(part).matches()) {
			throw invalid(name, value, "have only characters that need no encoding in a path", remedy);
		}
		if (BAD_ESCAPE.matcher(part).find()) {
			throw invalid(name, value, "have two hexadecimal digits after each %, which encode no control character",
					remedy);
		}
	}

	private static InvalidSettingException invalid(String name, @Nullable String value, String allowed, String remedy) {
		return new InvalidSettingException(name, "'" + value + "'", allowed, remedy);
	}

	/**
	 * Checks a name that becomes part of a path without encoding.
	 * @param name the name of the setting
	 * @param value the value, or null
	 * @param remedy the remedy for an invalid value, as a sentence
	 * @throws InvalidSettingException if the value needs encoding, has a wrong encoding,
	 * or has an empty segment or one that is {@code .} or {@code ..}
	 */
	public static void pathPart(String name, @Nullable String value, String remedy) {
		if (value != null) {
			part(name, value, value, remedy);
			path(name, value, "/" + value, remedy);
		}
	}

	/**
	 * Checks the alias of a service, which must be valid as a host name.
	 * @param name the name of the setting
	 * @param alias the alias
	 * @param remedy the remedy for an invalid alias, as a sentence
	 * @throws InvalidSettingException if the alias is invalid
	 */
	public static void alias(String name, String alias, String remedy) {
		if (!ALIAS.matcher(alias).matches()) {
			throw new InvalidSettingException(name, "'" + alias + "'",
					"have an alias of at most 63 small letters, digits and dashes that starts with a letter and "
							+ "doesn't end with a dash",
					remedy);
		}
	}

	private static InvalidSettingException outside(String name, String value, String min, String max) {
		return new InvalidSettingException(name, value, "be between " + min + " and " + max, SET_IN_RANGE);
	}

	/**
	 * Formats a number for messages, as written in a configuration.
	 * @param value the number
	 * @return the text, without a fraction for an integer
	 */
	public static String text(double value) {
		return (value == Math.rint(value)) ? Long.toString((long) value) : Double.toString(value);
	}

	/**
	 * Formats a duration for messages, as written in a configuration.
	 * @param value the duration
	 * @return the text in the largest unit that needs no fraction, such as {@code 5s}
	 */
	public static String text(Duration value) {
		if (value.isZero() || value.toNanosPart() % 1_000_000 != 0 || !isMillis(value)) {
			return value.isZero() ? "0s" : value.toString();
		}
		Map.Entry<String, Duration> unit = TIMES.stream()
			.filter((time) -> value.toMillis() % time.getValue().toMillis() == 0)
			.findFirst()
			.orElseThrow();
		return value.toMillis() / unit.getValue().toMillis() + unit.getKey();
	}

	private static boolean isMillis(Duration value) {
		return value.compareTo(LONGEST_IN_MILLIS) <= 0 && value.compareTo(LONGEST_IN_MILLIS.negated()) >= 0;
	}

	/**
	 * Formats a size for messages, as written in a configuration.
	 * @param value the size
	 * @return the text in the largest unit that needs no fraction, such as {@code 16MB}
	 */
	public static String text(DataSize value) {
		for (Map.Entry<String, DataSize> unit : SIZES) {
			if (value.toBytes() % unit.getValue().toBytes() == 0 && value.toBytes() != 0) {
				return value.toBytes() / unit.getValue().toBytes() + unit.getKey();
			}
		}
		return value.toBytes() + "B";
	}

}
