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
 * A call as sent by each of its attempts, encoded and signed. Immutable.
 *
 * @param method the HTTP method
 * @param target the path with its query
 * @param contentType the {@code Content-Type}, or null for none
 * @param headers the other headers by name
 * @param body the body
 * @param credentials sets the headers that carry the credentials
 * @param limits the time limits
 * @param rules the retry rules
 * @param hashKey the hash key that calls for the same instance share, or null
 * @param observer notified of the progress of the call
 */
record Call(HttpMethod method, String target, @Nullable String contentType, Map<String, List<String>> headers,
		EncodedBody body, Credentials credentials, TimeLimits limits, RetryRules rules, @Nullable String hashKey,
		CallObserver observer) {

	/** Sets all headers except those for the length, which the network layer sets. */
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
