package io.eas.client.request;

import io.eas.client.auth.AuthScheme;
import io.eas.client.auth.TokenSource;
import io.eas.client.codec.BodyCodecs;
import io.eas.client.retry.RetryBudget;
import io.eas.client.retry.RetryRules;
import io.github.resilience4j.retry.Retry;
import org.jspecify.annotations.Nullable;

/**
 * Settings for the calls of one service. Immutable: an update replaces all settings at
 * once, and calls in flight keep the settings with which they began.
 *
 * @param path the prefix of all paths, with a leading slash and without a trailing one
 * @param hashHeader the header whose value is the hash key of a call, or null
 * @param http the HTTP settings
 * @param rules the retry rules
 * @param retry the Resilience4j retry that follows the retry rules
 * @param budget limits the retries of all calls together
 * @param codecs the codecs for bodies
 * @param scheme how the token is sent
 * @param token the token, or null with {@link AuthScheme#NONE}
 */
public record CallSettings(String path, @Nullable String hashHeader, HttpSettings http, RetryRules rules, Retry retry,
		RetryBudget budget, BodyCodecs codecs, AuthScheme scheme, @Nullable TokenSource token) {

	/** Returns whether the client sends credentials in headers that it sets itself. */
	public boolean showsToken() {
		return this.scheme != AuthScheme.NONE;
	}

}
