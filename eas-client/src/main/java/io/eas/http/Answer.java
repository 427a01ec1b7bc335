package io.eas.http;

import io.eas.instance.EasInstance;
import io.netty.handler.codec.http.HttpHeaders;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.support.Netty4HeadersAdapter;

/**
 * An answer as it came.
 *
 * @param status the status code, of three digits: the guard of the connection sees to it
 * @param headers the headers
 * @param body the bytes, not to be changed
 * @param instance who answered
 * @param limit the largest body, in bytes, also once it is decompressed
 */
public record Answer(int status, HttpHeaders headers, byte[] body, EasInstance instance, int limit) {

	/** Whether it isn't what was asked for: a redirect isn't either. */
	public boolean isError() {
		return !isSuccess(this.status);
	}

	public static boolean isSuccess(int status) {
		return status >= 200 && status < 300;
	}

	public org.springframework.http.HttpHeaders httpHeaders() {
		return org.springframework.http.HttpHeaders
			.readOnlyHttpHeaders(new org.springframework.http.HttpHeaders(new Netty4HeadersAdapter(this.headers)));
	}

	public HttpStatusCode httpStatus() {
		return HttpStatusCode.valueOf(this.status);
	}

}
