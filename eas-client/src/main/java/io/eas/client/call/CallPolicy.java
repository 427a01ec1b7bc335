package io.eas.client.call;

import io.eas.client.request.CallSettings;
import io.eas.client.request.TimeLimits;
import java.util.List;
import java.util.function.Predicate;

import io.eas.client.EasException;
import io.eas.client.EasException.Attempt;
import io.eas.client.auth.Authentication;
import io.eas.client.auth.TokenSource;
import io.eas.client.retry.ServiceRetries;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.selection.InstanceSelector;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The settings with which calls begin, and the objects that are derived from them. A call
 * keeps its policy to its end; after a refresh, new calls get a new policy.
 *
 * @param settings the settings, including the token
 * @param retries the retry state that the calls share
 * @param authentication authenticates the calls
 * @param limits the time limits of a call that sets none itself
 * @param streamLimits the time limits of a call that sets none itself and whose response
 * is read as a stream
 * @param exchange reads the responses of Spring's HTTP clients
 * @param streamExchange reads the responses of Spring's HTTP clients to requests for a
 * stream of events
 */
record CallPolicy(CallSettings settings, ServiceRetries retries, Authentication authentication, TimeLimits limits,
		TimeLimits streamLimits, ResponseReader.Exchange exchange, ResponseReader.Exchange streamExchange) {

	/**
	 * Creates a policy.
	 * @param settings the settings
	 * @param network the infrastructure of the service
	 * @param selector the selector of instances
	 */
	static CallPolicy of(CallSettings settings, ServiceClient.Network network, InstanceSelector selector) {
		TimeLimits.Requested nothing = new TimeLimits.Requested();
		TimeLimits limits = nothing.ofCall(settings.http());
		TimeLimits streamLimits = nothing.ofStream(settings.http());
		ServiceRetries retries = new ServiceRetries(settings.retry(), settings.budget(), network.source(), selector,
				network.clock(), network.nanoTime());
		return new CallPolicy(settings, retries, settings.scheme().with(settings.token(), network.clock()), limits,
				streamLimits, new ResponseReader.Exchange(limits, streamLimits, null),
				new ResponseReader.Exchange(limits, streamLimits, settings.codecs()));
	}

	/** Returns a signal for which a call must wait before it can be signed, or null. */
	@Nullable Mono<Void> pendingToken() {
		TokenSource token = this.settings.token();
		return (token != null) ? token.pending() : null;
	}

	/**
	 * Returns why the supplier has given no token yet, for the message of a call that has
	 * waited for the token.
	 * @return the reason after a colon; empty if the supplier has not failed
	 */
	String tokenFailure() {
		TokenSource token = this.settings.token();
		String reason = (token != null) ? token.lastFailure() : null;
		return (reason != null) ? "; it has failed: " + reason : "";
	}

	/** Creates the description of an attempt for its failures. */
	Attempt attempt(@Nullable EasInstance instance, int number, @Nullable String requestId,
			Predicate<EasException> retryable, List<EasException> earlier) {
		TokenSource token = this.settings.token();
		return new Attempt(this.retries.source().service(), instance, number,
				Math.max(number, this.retries.maxAttempts()), requestId, retryable,
				() -> (token != null) ? token.token() : "", earlier);
	}

	@Override
	public String toString() {
		return "policy of the calls of " + this.retries.source().service();
	}

}
