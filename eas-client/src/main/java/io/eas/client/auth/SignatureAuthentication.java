package io.eas.client.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.eas.http.HttpDate;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * The signature of the vendor's SDKs: HMAC-SHA1, with the token as the key, over the
 * method, the MD5 of the body, the content type, the date and the resource, each on a
 * line of its own. {@code Content-MD5} contains the MD5 as 32 lower-case hexadecimal
 * digits, not in Base64 as specified by RFC 1864.
 *
 * <p>
 * Thread-safe: each call clones prototypes of the digests, which is cheaper than looking
 * up the algorithms.
 */
final class SignatureAuthentication implements Authentication {

	private static final String HMAC = "HmacSHA1";

	private final TokenSource token;

	private final HttpDate date;

	private final MessageDigest md5;

	/** Null until the first call, because the token of a supplier isn't known earlier. */
	private volatile @Nullable Keyed keyed;

	SignatureAuthentication(TokenSource token, Clock clock) {
		this.token = token;
		this.date = new HttpDate(clock);
		try {
			this.md5 = MessageDigest.getInstance("MD5");
			Mac.getInstance(HMAC);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java has no MD5 or HmacSHA1", ex);
		}
	}

	@Override
	public boolean signs() {
		return true;
	}

	@Override
	public Credentials prepare(SignedPart request) {
		try {
			MessageDigest digest = (MessageDigest) this.md5.clone();
			digest.update(request.body().bytes(), request.body().offset(), request.body().length());
			String contentMd5 = HexFormat.of().formatHex(digest.digest());
			String now = this.date.now();
			String text = request.method() + "\n" + contentMd5 + "\n" + request.contentType() + "\n" + now + "\n"
					+ request.resource();
			byte[] signature = mac().doFinal(text.getBytes(StandardCharsets.UTF_8));
			String authorization = "EAS " + Base64.getEncoder().encodeToString(signature);
			return (headers) -> headers.set(HttpHeaderNames.AUTHORIZATION, authorization)
				.set(HttpHeaderNames.CONTENT_MD5, contentMd5)
				.set(HttpHeaderNames.DATE, now);
		}
		catch (GeneralSecurityException | CloneNotSupportedException ex) {
			throw new IllegalStateException("This Java's MD5 or HmacSHA1 can't be used", ex);
		}
	}

	private Mac mac() throws GeneralSecurityException, CloneNotSupportedException {
		Keyed current = this.keyed;
		String now = this.token.token();
		if (current == null || !current.token.equals(now)) {
			current = Keyed.with(now);
			this.keyed = current;
		}
		return (Mac) current.mac.clone();
	}

	/**
	 * A prototype of the MAC and the token with which it has been initialized.
	 */
	private static final class Keyed {

		private final String token;

		private final Mac mac;

		private Keyed(String token, Mac mac) {
			this.token = token;
			this.mac = mac;
		}

		static Keyed with(String token) throws GeneralSecurityException {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), HMAC));
			return new Keyed(token, mac);
		}

	}

}
