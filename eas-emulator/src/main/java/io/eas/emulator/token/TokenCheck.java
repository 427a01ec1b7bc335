package io.eas.emulator.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

import io.eas.emulator.net.WireRequest;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may reach a service. A request may use any of these schemes:
 * {@code EAS <signature>}, {@code Bearer <token>} or the bare token. Thread-safe.
 */
public final class TokenCheck {

	private static final String SIGNATURE = "EAS ";

	private static final String BEARER = "Bearer ";

	private final @Nullable String token;

	/**
	 * Creates a check.
	 * @param token the service's token; {@code null} accepts every request
	 */
	public TokenCheck(@Nullable String token) {
		this.token = token;
	}

	/**
	 * Checks one request.
	 * @param request the request with its body as received
	 * @return why the request is refused, without any token in the text; empty if the
	 * request may pass
	 */
	public Optional<String> refusal(WireRequest request) {
		if (this.token == null) {
			return Optional.empty();
		}
		String authorization = request.header("Authorization");
		if (authorization == null) {
			return Optional.of("no Authorization header");
		}
		return check(authorization, request, this.token);
	}

	private static Optional<String> check(String authorization, WireRequest request, String token) {
		if (authorization.startsWith(SIGNATURE)) {
			return compare(authorization.substring(SIGNATURE.length()), Signature.of(request, token),
					"the signature doesn't match");
		}
		if (authorization.startsWith(BEARER)) {
			return compare(authorization.substring(BEARER.length()), token, "the bearer token is wrong");
		}
		return compare(authorization, token, "the token is wrong");
	}

	private static Optional<String> compare(String given, String expected, String refusal) {
		boolean equal = MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8),
				expected.getBytes(StandardCharsets.UTF_8));
		return equal ? Optional.empty() : Optional.of(refusal);
	}

}
