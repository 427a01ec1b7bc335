package io.eas.client;

import io.eas.instance.EasInstance;
import io.netty.handler.codec.http.HttpHeaders;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.support.Netty4HeadersAdapter;

/**
 * An answer as it came.
 *
 * @param status the status code
 * @param headers the headers
 * @param body the bytes, not to be changed
 * @param instance who answered
 */
record Answer(int status, HttpHeaders headers, byte[] body, EasInstance instance) {

	/**
	 * Takes what is an answer at all.
	 * @throws IllegalArgumentException if the status hasn't three digits
	 */
	Answer {
		if (status < 100 || status > 999) {
			throw new IllegalArgumentException("its status is " + status);
		}
	}

	boolean isError() {
		return this.status >= 400;
	}

	org.springframework.http.HttpHeaders httpHeaders() {
		return org.springframework.http.HttpHeaders
			.readOnlyHttpHeaders(new org.springframework.http.HttpHeaders(new Netty4HeadersAdapter(this.headers)));
	}

	HttpStatusCode httpStatus() {
		return HttpStatusCode.valueOf(this.status);
	}

}
