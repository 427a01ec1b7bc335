package io.eas.benchmarks.report;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Formats numbers for people.
 */
public final class Numbers {

	private Numbers() {
	}

	/**
	 * Formats a whole number with all digits.
	 * @param number any number
	 * @return a text such as {@code 12,345}
	 */
	public static String shown(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	/**
	 * Formats the number of failures by kind.
	 * @param counts the count of each kind
	 * @return a text such as {@code 3 ReadTimeoutException}, or {@code 0} if there are no
	 * failures
	 */
	public static String shown(Map<String, Long> counts) {
		return counts.isEmpty() ? "0"
				: counts.entrySet()
					.stream()
					.map((count) -> shown(count.getValue()) + " " + count.getKey())
					.collect(Collectors.joining(", "));
	}

	/**
	 * Formats a number with about three digits, or with all digits if it is a whole
	 * number.
	 * @param number any number
	 * @return a text such as {@code 12,345}, {@code 12.3} or {@code 0.123}
	 */
	public static String shown(double number) {
		if (number == Math.rint(number) || Math.abs(number) >= 1000) {
			return String.format(Locale.ROOT, "%,.0f", number);
		}
		int decimals = (Math.abs(number) >= 100) ? 0 : (Math.abs(number) >= 10) ? 1 : (Math.abs(number) >= 1) ? 2 : 3;
		return String.format(Locale.ROOT, "%,." + decimals + "f", number);
	}

}
