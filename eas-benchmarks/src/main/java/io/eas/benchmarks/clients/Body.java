package io.eas.benchmarks.clients;

import java.nio.charset.StandardCharsets;

/**
 * The body of every call: some 200 bytes, a usual size for predictions from a few
 * features.
 */
public final class Body {

	/** The bytes, which must not be changed. */
	public static final byte[] BYTES = ("{\"features\":[" + "0.123456,".repeat(20) + "1]}")
		.getBytes(StandardCharsets.UTF_8);

	private Body() {
	}

}
