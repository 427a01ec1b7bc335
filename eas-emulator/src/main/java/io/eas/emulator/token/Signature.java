package io.eas.emulator.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.eas.emulator.net.WireRequest;

/**
 * The signature that the vendor's SDKs send: {@code base64(HMAC-SHA1(token, METHOD \n
 * md5hex(body) \n Content-Type \n Date \n path?query))}. The digest is computed from the
 * body as received, whatever {@code Content-MD5} says. A digest without its leading zeros
 * is accepted too, because the vendor's Java SDK drops the zeros before signing.
 */
final class Signature {

	private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");

	private Signature() {
	}

	static String of(WireRequest request, String token) {
		try {
			Mac mac = Mac.getInstance("HmacSHA1");
			mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
			byte[] signature = mac.doFinal(stringToSign(request).getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(signature);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every Java platform has HmacSHA1", ex);
		}
	}

	private static String stringToSign(WireRequest request) {
		return String.join("\n", request.method(), digest(request), header(request, "Content-Type"),
				header(request, "Date"), request.uri());
	}

	private static String digest(WireRequest request) {
		String digest = md5(request.body());
		String sent = header(request, "Content-MD5");
		return LEADING_ZEROS.matcher(digest).replaceFirst("").equals(sent) ? sent : digest;
	}

	private static String header(WireRequest request, String name) {
		return Objects.requireNonNullElse(request.header(name), "");
	}

	private static String md5(byte[] body) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every Java platform has MD5", ex);
		}
	}

}
