package io.eas.client.call;

import java.util.List;
import java.util.Map;

import io.eas.client.auth.Authentication.Credentials;
import io.eas.client.retry.RetryRules;
import io.eas.http.EncodedBody;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * A call as each of its attempts sends it: everything is encoded and signed. Immutable.
 *
 * @param method the HTTP method
 * @param target the path with its query
 * @param contentType the {@code Content-Type}, or null for none
 * @param headers the other headers by name
 * @param body the body
 * @param credentials sets the headers that carry the token
 * @param limits how long it may take
 * @param rules what is tried again
 * @param hashKey what calls have in common that should go to the same instance, or null
 * @param observer hears what becomes of it
 */
record Call(HttpMethod method, String target, @Nullable String contentType, Map<String, List<String>> headers,
		EncodedBody body, Credentials credentials, TimeLimits limits, RetryRules rules, @Nullable String hashKey,
		CallObserver observer) {

	/** Sets all headers but those of the length, which the network knows. */
	void writeHeaders(HttpHeaders target) {
		this.headers.forEach(target::set);
		if (this.contentType != null) {
			target.set(HttpHeaderNames.CONTENT_TYPE, this.contentType);
		}
		this.credentials.writeTo(target);
	}

	boolean hasBody() {
		return this.body.length() > 0;
	}

}
