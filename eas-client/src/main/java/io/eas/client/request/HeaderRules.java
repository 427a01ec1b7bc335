package io.eas.client.request;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.eas.http.Characters;
import io.eas.settings.Assert;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import org.jspecify.annotations.Nullable;

/** Rules for the headers that a call may set, and for their values. Stateless. */
public final class HeaderRules {

	private static final Set<String> OF_THE_CLIENT = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	private static final Set<String> CREDENTIALS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	static {
		OF_THE_CLIENT
			.addAll(List.of("Content-Length", "Content-MD5", "Host", "Transfer-Encoding", "Connection", "Upgrade"));
		CREDENTIALS.addAll(List.of("Authorization", "Date"));
	}

	private HeaderRules() {
	}

	/**
	 * Returns whether a call may set a header.
	 * @param credentials whether the client sets the headers of the credentials itself
	 */
	public static boolean maySet(String name, boolean credentials) {
		return whyNot(name, credentials) == null;
	}

	/** Returns why a call may not set a header, or null if it may. */
	private static @Nullable String whyNot(String name, boolean credentials) {
		if (OF_THE_CLIENT.contains(name) || (credentials && CREDENTIALS.contains(name))) {
			return "the client sets it itself";
		}
		String invalid = whyNoToken(name);
		return (invalid != null) ? "its name " + invalid : null;
	}

	/**
	 * Returns why a text is not valid as a token of HTTP, such as a method or the name of
	 * a header.
	 * @return the reason, or null if the text is valid
	 */
	public static @Nullable String whyNoToken(String text) {
		if (text.isEmpty()) {
			return "is empty";
		}
		int index = HttpHeaderValidationUtil.validateToken(text);
		index = (index >= 0) ? index : Characters.indexOutsideHeader(text);
		return (index >= 0) ? "has " + Characters.describe(text, index) : null;
	}

	/**
	 * Checks a header that a call sets.
	 * @param name the name
	 * @param values the values
	 * @param credentials whether the client sets the headers of the credentials itself
	 * @throws IllegalArgumentException if the client sets this header itself, or if the
	 * name or a value can't be sent
	 */
	public static void check(String name, String[] values, boolean credentials) {
		Assert.noneNull("values", values);
		String reason = whyNot(Assert.notNull("name", name), credentials);
		if (reason != null) {
			throw new IllegalArgumentException("The header '" + name + "' can't be set by a call: " + reason);
		}
		if (!HttpHeaderNames.CONTENT_TYPE.contentEqualsIgnoreCase(name)) {
			for (String value : values) {
				requireSendable(name, value);
			}
		}
	}

	/**
	 * Checks the value of a header.
	 * @throws IllegalArgumentException if a header can't carry the value
	 */
	public static void requireSendable(String name, String value) {
		int index = Characters.indexOutsideHeader(value);
		if (index >= 0) {
			throw new IllegalArgumentException(
					"The value of header '" + name + "' has " + Characters.describe(value, index)
							+ ", but a header may contain visible ASCII characters only: encode it"
							+ " as the service expects, such as with URLEncoder or Base64");
		}
	}

}
