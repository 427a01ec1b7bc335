package io.eas.benchmarks.clients;

import java.nio.charset.StandardCharsets;

/**
 * What every call carries: some 200 bytes, as most predictions from a few features do.
 */
public final class Body {

	/** Not to be changed. */
	public static final byte[] BYTES = ("{\"features\":[" + "0.123456,".repeat(20) + "1]}")
		.getBytes(StandardCharsets.UTF_8);

	private Body() {
	}

}
