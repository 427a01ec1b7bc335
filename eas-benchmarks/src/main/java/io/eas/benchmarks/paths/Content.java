package io.eas.benchmarks.paths;

import java.util.Arrays;

import io.eas.benchmarks.clients.Body;

import org.springframework.http.MediaType;

/**
 * The content of requests and responses.
 *
 * @param body the request body, some 200 bytes
 * @param mediaType the media type of the request body
 * @param type the class to which the response is decoded
 */
record Content(Object body, MediaType mediaType, Class<?> type) {

	static final Content BYTES = new Content(Body.BYTES, MediaType.APPLICATION_OCTET_STREAM, byte[].class);

	static final Content JSON = new Content(Features.SOME, MediaType.APPLICATION_JSON, Features.class);

	/**
	 * The input of a model.
	 *
	 * @param features the features
	 */
	record Features(double[] features) {

		static final Features SOME = new Features(new double[20]);

		static {
			Arrays.fill(SOME.features(), 0.123456);
		}

	}

}
