package io.eas.client.call;

import io.eas.client.request.RequestIdentity;
import io.eas.client.request.TimeLimits;
import java.util.List;
import java.util.Map;

import io.eas.client.auth.Authentication.Credentials;
import io.eas.client.retry.RetryRules;
import io.eas.client.retry.ServiceRetries;
import io.eas.http.EncodedBody;
import io.eas.loadbalancer.RequestLoad;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * Everything that all attempts of a call have in common: the encoded and signed request,
 * the reader of the response, and the client. Immutable.
 *
 * @param client the client of the service
 * @param policy the settings with which the call began
 * @param method the HTTP method
 * @param target the path with its query
 * @param contentType the {@code Content-Type}, or null for none
 * @param headers the other headers by name
 * @param body the body
 * @param credentials sets the headers that carry the credentials
 * @param limits the time limits
 * @param rules the retry rules
 * @param hashKey the hash key that calls for the same instance share, or null
 * @param load the value that the load-balancing algorithm has read from the body, or null
 * @param reader converts the response for the caller
 * @param identity the request ID, and the headers that distinguish attempts
 * @param observer notified of the progress of the call, through {@link GuardedCalls}
 * @param started when the call started, as of {@link ServiceClient#nanoTime}
 */
record Call(ServiceClient client, CallPolicy policy, HttpMethod method, String target, @Nullable String contentType,
		Map<String, List<String>> headers, EncodedBody body, Credentials credentials, TimeLimits limits,
		RetryRules rules, @Nullable String hashKey, @Nullable RequestLoad load, ResponseReader<?> reader,
		RequestIdentity identity, CallObserver observer, long started) {

	/**
	 * Sets all headers except those for the length of the body, which the network layer
	 * sets.
	 * @param attempt the number of the attempt, starting at 1
	 */
	void writeHeaders(HttpHeaders target, int attempt) {
		this.headers.forEach(target::set);
		this.identity.writeTo(target, attempt);
		if (this.contentType != null) {
			target.set(HttpHeaderNames.CONTENT_TYPE, this.contentType);
		}
		this.credentials.writeTo(target);
	}

	boolean hasBody() {
		return this.body.length() > 0;
	}

	/** Returns the time since the call started, in nanoseconds. */
	long elapsed() {
		return this.client.nanoTime() - this.started;
	}

	/** Returns the retry state that all calls with the same policy share. */
	ServiceRetries retries() {
		return this.policy.retries();
	}

	/** Returns the maximum number of attempts. */
	int maxAttempts() {
		return retries().maxAttempts();
	}

}
