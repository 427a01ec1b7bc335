package io.eas.sample.model;

import io.eas.sample.model.network.Network;

import org.springframework.http.MediaType;

/**
 * The format of a body. The vendor's SDKs send everything as
 * {@code application/octet-stream}, so for that type the format is derived from the body.
 */
enum BodyForm {

	/** 784 grey values of one byte each. */
	GREYS,

	/** JSON: one image or several. */
	JSON,

	/** A TensorFlow {@code PredictRequest}. */
	TENSORFLOW;

	/**
	 * Returns the format of a body. An {@code application/octet-stream} of 784 bytes is
	 * an image. A body of any other length is JSON if its first byte is <code>{</code> or
	 * {@code [}, because no {@code PredictRequest} starts with such a byte. Otherwise,
	 * the body is TensorFlow.
	 */
	static BodyForm of(MediaType type, byte[] body) {
		if (type.isCompatibleWith(MediaType.APPLICATION_JSON) || type.isCompatibleWith(MediaType.TEXT_PLAIN)) {
			return JSON;
		}
		if (type.isCompatibleWith(MediaType.APPLICATION_PROTOBUF)) {
			return TENSORFLOW;
		}
		if (body.length == Network.PIXELS) {
			return GREYS;
		}
		return (body.length > 0 && (body[0] == '{' || body[0] == '[')) ? JSON : TENSORFLOW;
	}

}
