package io.eas.benchmarks.paths;

import java.util.Arrays;

import io.eas.benchmarks.clients.Body;

import org.springframework.http.MediaType;

/**
 * What goes to and fro.
 *
 * @param body what is sent, some 200 bytes
 * @param mediaType the type of that
 * @param type what the answer is read into
 */
record Content(Object body, MediaType mediaType, Class<?> type) {

	static final Content BYTES = new Content(Body.BYTES, MediaType.APPLICATION_OCTET_STREAM, byte[].class);

	static final Content JSON = new Content(Features.SOME, MediaType.APPLICATION_JSON, Features.class);

	/**
	 * What a model is asked about.
	 *
	 * @param features numbers
	 */
	record Features(double[] features) {

		static final Features SOME = new Features(new double[20]);

		static {
			Arrays.fill(SOME.features(), 0.123456);
		}

	}

}
