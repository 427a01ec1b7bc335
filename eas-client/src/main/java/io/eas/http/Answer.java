package io.eas.http;

import io.eas.instance.EasInstance;
import io.netty.handler.codec.http.HttpHeaders;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.support.Netty4HeadersAdapter;

/**
 * A whole response as received.
 *
 * @param status the status code, which has three digits, as checked by the
 * {@link ConnectionGuard}
 * @param headers the headers
 * @param body the bytes of the body, not to be modified
 * @param instance the instance that sent the response
 * @param limit the maximum size of the body, in bytes, also after decompression
 */
public record Answer(int status, HttpHeaders headers, byte[] body, EasInstance instance, int limit) {

	/** Returns whether the status is not 2xx; a redirect is an error, too. */
	public boolean isError() {
		return !isSuccess(this.status);
	}

	/** Returns whether a status is 2xx. */
	public static boolean isSuccess(int status) {
		return status >= 200 && status < 300;
	}

	/** Returns the headers as a read-only view of Spring's type. */
	public org.springframework.http.HttpHeaders httpHeaders() {
		return org.springframework.http.HttpHeaders
			.readOnlyHttpHeaders(new org.springframework.http.HttpHeaders(new Netty4HeadersAdapter(this.headers)));
	}

	public HttpStatusCode httpStatus() {
		return HttpStatusCode.valueOf(this.status);
	}

}
