package io.eas.client.call;

import io.eas.client.auth.AuthScheme;
import io.eas.client.auth.TokenSource;
import io.eas.client.codec.BodyCodecs;
import io.eas.client.retry.RetryRules;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of one service are made.
 *
 * @param path the prefix of every call, with a leading and without a trailing slash
 * @param hashHeader the header whose value is the hash key of calls, or null
 * @param http how to use the network
 * @param rules what is tried again
 * @param codecs bodies to bytes and back
 * @param scheme how the token is shown
 * @param token the token, or null with {@link AuthScheme#NONE}
 */
public record CallSettings(String path, @Nullable String hashHeader, HttpSettings http, RetryRules rules,
		BodyCodecs codecs, AuthScheme scheme, @Nullable TokenSource token) {

	/** Whether credentials go out, in headers of ours. */
	boolean showsToken() {
		return this.scheme != AuthScheme.NONE;
	}

}
