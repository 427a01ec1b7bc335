package io.eas.emulator.probe;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The parts of an HTTP response that a check uses.
 *
 * @param from the requested address
 * @param status the status
 * @param location the value of the {@code Location} header as received
 * @param broken how the body broke off; {@code null} if it didn't
 */
record HttpAnswer(URI from, int status, @Nullable String location, @Nullable String broken) {

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	/** RFC 3986, appendix B: scheme, authority, path, query. */
	private static final Pattern REFERENCE = Pattern
		.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?", Pattern.DOTALL);

	private static final String NOT_IN_ADDRESSES = "\"<>\\^`{|}[]";

	boolean isSuccess() {
		return this.status >= 200 && this.status < 400;
	}

	HttpAnswer brokenOff(String how) {
		return new HttpAnswer(this.from, this.status, this.location, how);
	}

	/**
	 * Returns the address that a redirect leads to; {@code null} if there is none. The
	 * kubelet treats a redirect without an address like any other response.
	 * @throws IllegalArgumentException if the location is not an address
	 */
	@Nullable URI next() {
		if (this.location == null || this.location.isEmpty() || !REDIRECTS.contains(this.status)) {
			return null;
		}
		return resolve(this.from, this.location);
	}

	/**
	 * Resolves a reference by the non-strict variant of RFC 3986, section 5.2.2, like
	 * Go's {@code url.Parse}. {@link URI#resolve} can't be used: it follows RFC 2396,
	 * which drops the last path segment before a query and keeps dot segments.
	 */
	private static URI resolve(URI base, String reference) {
		Matcher parts = REFERENCE.matcher(reference.strip());
		if (!parts.matches()) {
			throw new IllegalArgumentException("no address: " + reference);
		}
		String scheme = parts.group(1);
		String authority = parts.group(2);
		String path = parts.group(3);
		String query = parts.group(4);
		if (scheme == null && authority == null) {
			authority = base.getRawAuthority();
			query = (path.isEmpty() && query == null) ? base.getRawQuery() : query;
			path = path.isEmpty() ? base.getRawPath() : merged(base, path);
		}
		return URI.create(((scheme != null) ? scheme.toLowerCase(Locale.ROOT) : base.getScheme()) + ":"
				+ ((authority != null) ? "//" + authority : "") + encoded(withoutDots(path))
				+ ((query != null) ? "?" + encoded(query) : ""));
	}

	private static String merged(URI base, String path) {
		String before = base.getRawPath().isEmpty() ? "/" : base.getRawPath();
		return path.startsWith("/") ? path : before.substring(0, before.lastIndexOf('/') + 1) + path;
	}

	private static String withoutDots(String path) {
		if (!path.contains("/.")) {
			return path;
		}
		List<String> kept = new ArrayList<>();
		String[] segments = path.split("/", -1);
		for (int i = 1; i < segments.length; i++) {
			boolean dots = segments[i].equals(".") || segments[i].equals("..");
			if (segments[i].equals("..") && !kept.isEmpty()) {
				kept.remove(kept.size() - 1);
			}
			if (!dots || i == segments.length - 1) {
				kept.add(dots ? "" : segments[i]);
			}
		}
		return segments[0] + "/" + String.join("/", kept);
	}

	/**
	 * Percent-encodes characters that an address can't contain. Each of them was received
	 * as one byte and is sent as that byte.
	 */
	private static String encoded(String part) {
		StringBuilder encoded = new StringBuilder();
		for (int i = 0; i < part.length(); i++) {
			char letter = part.charAt(i);
			boolean held = letter > ' ' && letter < 0x7f && NOT_IN_ADDRESSES.indexOf(letter) < 0;
			encoded.append(held ? String.valueOf(letter) : String.format("%%%02X", letter & 0xff));
		}
		return encoded.toString();
	}

}
