package io.eas.sample.model;

import io.eas.sample.model.network.Network;

import org.springframework.http.MediaType;

/**
 * What a body holds. The vendor's SDKs send everything as
 * {@code application/octet-stream}, so that type leaves it to the body.
 */
enum BodyForm {

	/** 784 grey values, a byte each. */
	GREYS,

	/** JSON: one image or several. */
	JSON,

	/** A TensorFlow {@code PredictRequest}. */
	TENSORFLOW;

	/**
	 * Tells the form. In an {@code application/octet-stream}, 784 bytes are an image;
	 * else a first byte <code>{</code> or {@code [} makes it JSON, since no
	 * {@code PredictRequest} has a field that starts so; all else is TensorFlow.
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
