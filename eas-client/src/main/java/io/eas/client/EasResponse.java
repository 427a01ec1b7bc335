package io.eas.client;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * A response and the instance that sent it.
 *
 * @param status the HTTP status
 * @param headers the headers, read-only
 * @param body the body, or null if there is none
 * @param instance the instance that sent the response
 * @param attempts the number of attempts of the call, usually 1
 * @param <T> the type of the body
 */
public record EasResponse<T>(HttpStatusCode status, HttpHeaders headers, @Nullable T body, EasInstance instance,
		int attempts) {

}
