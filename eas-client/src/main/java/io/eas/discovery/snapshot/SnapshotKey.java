package io.eas.discovery.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Whose list a snapshot is.
 *
 * @param endpoint the URL of the discovery API
 * @param service the name on EAS
 */
record SnapshotKey(String endpoint, String service) {

	private static final int LONGEST_NAME = 60;

	private static final int DIGEST_BYTES = 8;

	/**
	 * A file name of letters, digits, dashes and underscores that no other key has: what
	 * can be read of the service's name, and a digest of all of it.
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
