package io.eas.client.request;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.eas.client.EasRequest;
import io.eas.http.Characters;
import io.eas.settings.InvalidSettingException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * The identity of the requests of a call: its request ID, which all attempts share, and
 * the headers that carry the ID and the number of the attempt. Immutable. Calls that send
 * neither header share {@link #NONE}.
 *
 * @param id the request ID, or null if the call has none
 * @param header the header that carries the ID; null if there is none, or if the call has
 * set the header itself
 * @param attemptHeader the header that carries the number of the attempt, or null
 */
public record RequestIdentity(@Nullable String id, @Nullable String header, @Nullable String attemptHeader) {

	/**
	 * The header for the ID of a call that sets an ID although no header is configured.
	 */
	public static final String DEFAULT_HEADER = "X-Request-Id";

	private static final RequestIdentity NONE = new RequestIdentity(null, null, null);

	/**
	 * Maximum length of an ID in the Reactor context. A longer ID is replaced by a new
	 * one.
	 */
	private static final int LONGEST = 256;

	/**
	 * Determines the identity of a call. The ID is the one that the call sets, or the
	 * value of the header that the call sets. If the call sets neither, and a header is
	 * configured, the ID is taken from the Reactor context or, if there is none,
	 * generated.
	 * @param given the ID that the call sets, or null
	 * @param headers the headers that the call sets
	 */
	public static RequestIdentity of(HttpSettings settings, @Nullable String given, Map<String, List<String>> headers,
			ContextView context) {
		String configured = settings.requestIdHeader();
		String header = (configured != null) ? configured : DEFAULT_HEADER;
		List<String> set = headers.isEmpty() ? null : headers.get(header);
		if (given == null && set != null && !set.isEmpty()) {
			return new RequestIdentity(set.get(0), null, settings.attemptHeader());
		}
		String id = (given != null || configured == null) ? given : known(context);
		return (id == null && settings.attemptHeader() == null) ? NONE
				: new RequestIdentity(id, (id != null) ? header : null, settings.attemptHeader());
	}

	private static String known(ContextView context) {
		Object known = context.getOrDefault(EasRequest.REQUEST_ID, null);
		return (known instanceof String id && !id.isEmpty() && id.length() <= LONGEST
				&& Characters.indexOutsideHeader(id) < 0) ? id : random();
	}

	/**
	 * Returns a random UUID. The ID needn't be unpredictable, so a fast random generator
	 * is used.
	 */
	private static String random() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long version = (random.nextLong() & ~0xF000L) | 0x4000L;
		long variant = (random.nextLong() >>> 2) | Long.MIN_VALUE;
		return new UUID(version, variant).toString();
	}

	/** Sets the headers of an attempt. */
	public void writeTo(HttpHeaders target, int attempt) {
		if (this.header != null && this.id != null) {
			target.set(this.header, this.id);
		}
		if (this.attemptHeader != null) {
			target.set(this.attemptHeader, Integer.toString(attempt));
		}
	}

	/**
	 * Checks the names of both headers.
	 * @param idHeader the header for the ID, or null
	 * @param attemptHeader the header for the number of the attempt, or null
	 * @throws InvalidSettingException if the client doesn't allow one of them, or if both
	 * are the same header
	 */
	static void check(@Nullable String idHeader, @Nullable String attemptHeader) {
		check("request-id-header", idHeader, DEFAULT_HEADER);
		check("attempt-header", attemptHeader, "X-Attempt-Count");
		String ofId = (idHeader != null) ? idHeader : DEFAULT_HEADER;
		if (ofId.equalsIgnoreCase(attemptHeader)) {
			throw new InvalidSettingException("attempt-header", "'" + attemptHeader + "'",
					"be another header than that of the request ID, " + ofId,
					"Set it to a name such as X-Attempt-Count, or remove it.");
		}
	}

	/**
	 * Checks the name of a header.
	 * @param setting the name of the setting
	 * @param header the name of the header, or null
	 * @param example a good name
	 * @throws InvalidSettingException if the client doesn't allow a header with this name
	 */
	private static void check(String setting, @Nullable String header, String example) {
		if (header != null && (!HeaderRules.maySet(header, true)
				|| HttpHeaderNames.CONTENT_TYPE.contentEqualsIgnoreCase(header))) {
			throw new InvalidSettingException(setting, "'" + header + "'",
					"be the name of a header that the client doesn't set itself",
					"Set it to a name such as " + example + ", or remove it.");
		}
	}

}
