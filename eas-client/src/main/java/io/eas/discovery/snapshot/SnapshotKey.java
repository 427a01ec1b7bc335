package io.eas.discovery.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of the service that a snapshot belongs to.
 *
 * @param endpoint the URL of the discovery API
 * @param service the name of the service on EAS
 */
record SnapshotKey(String endpoint, String service) {

	private static final int LONGEST_NAME = 60;

	private static final int DIGEST_BYTES = 8;

	/**
	 * Returns a file name that is unique to this key. It consists of the beginning of the
	 * service's name, and a digest of the endpoint and the service. In the name, only
	 * letters, digits, dashes and underscores are kept; all other characters are
	 * replaced.
	 */
	String fileName() {
		String readable = this.service.replaceAll("[^A-Za-z0-9_-]", "_");
		return readable.substring(0, Math.min(LONGEST_NAME, readable.length())) + "-" + digest() + ".json";
	}

	private String digest() {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest((this.endpoint + "\n" + this.service).getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JVM has SHA-256", ex);
		}
	}

}
