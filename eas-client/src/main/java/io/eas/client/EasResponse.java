package io.eas.client;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * An answer and where it came from.
 *
 * @param status the status
 * @param headers the headers, read-only
 * @param body the body, or null where there is none
 * @param instance the instance that answered
 * @param attempts how many attempts the call took, 1 as a rule
 * @param <T> the type of the body
 */
public record EasResponse<T>(HttpStatusCode status, HttpHeaders headers, @Nullable T body, EasInstance instance,
		int attempts) {

}
