package io.eas.loadbalanced;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.eas.client.call.Outcomes;
import io.eas.client.retry.RetryRules;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.loadbalancer.selection.TrackedAttempt;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequestAdapter;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.ResponseData;
import org.springframework.http.HttpStatusCode;

/**
 * Reports the attempts of Spring Cloud LoadBalancer's own clients to the service.
 * Attempts of a {@code @LoadBalanced RestClient} or {@code RestTemplate}, and of HTTP
 * interfaces over them, are in flight until the headers of the response. For a reactive
 * client that isn't {@linkplain WebClientAttempts tracked}, an attempt is reported only
 * when it ends: Spring Cloud doesn't report the end of a cancelled call, so this call
 * would stay in flight forever. Thread-safe.
 */
public final class AttemptLifecycle implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

	private final InstanceSelector selector;

	private final Supplier<RetryRules> rules;

	private final Map<Key, TrackedAttempt> attempts = new ConcurrentHashMap<>();

	/**
	 * Creates the lifecycle of the attempts of a service.
	 * @param selector the selector of instances
	 * @param rules returns the rules for response statuses
	 */
	public AttemptLifecycle(InstanceSelector selector, Supplier<RetryRules> rules) {
		this.selector = selector;
		this.rules = rules;
	}

	/**
	 * Returns whether the end of a client's attempt is reported, here or by
	 * {@link WebClientAttempts}.
	 */
	static boolean reports(Request<?> request) {
		return isBlocking(request) || request.getContext() instanceof RequestDataContext;
	}

	private static boolean isBlocking(Request<?> request) {
		return request instanceof LoadBalancerRequestAdapter;
	}

	@Override
	@SuppressWarnings("rawtypes") // as the interface declares it
	public boolean supports(Class requestContextClass, Class responseClass, Class serverTypeClass) {
		return serverTypeClass == ServiceInstance.class;
	}

	@Override
	public void onStart(Request<Object> request) {
	}

	@Override
	public void onStartRequest(Request<Object> request, Response<ServiceInstance> response) {
		if (isBlocking(request) && response.getServer() instanceof EasServiceInstance instance) {
			this.attempts.put(new Key(request), this.selector.begin(instance.state()));
		}
	}

	@Override
	public void onComplete(CompletionContext<Object, ServiceInstance, Object> completion) {
		Request<Object> request = completion.getLoadBalancerRequest();
		TrackedAttempt attempt = isBlocking(request) ? this.attempts.remove(new Key(request))
				: unwatched(request, completion);
		if (attempt != null) {
			end(attempt, request, completion);
		}
	}

	private @Nullable TrackedAttempt unwatched(Request<Object> request,
			CompletionContext<Object, ServiceInstance, Object> completion) {
		Response<ServiceInstance> response = completion.getLoadBalancerResponse();
		boolean told = completion.status() != Status.DISCARD && request.getContext() instanceof RequestDataContext data
				&& !WebClientAttempts.isWatched(data.getClientRequest());
		return (told && response != null && response.getServer() instanceof EasServiceInstance instance)
				? this.selector.begin(instance.state()) : null;
	}

	private void end(TrackedAttempt attempt, Request<Object> request,
			CompletionContext<Object, ServiceInstance, Object> completion) {
		Throwable failure = completion.getThrowable();
		if (failure != null) {
			Outcome said = Outcomes.ofAttempt(failure);
			// only the HTTP client knows whether the broken connection was a pooled one
			// that may have been dead before
			attempt.end((said == Outcome.BROKEN) ? Outcome.FAILED : said);
			return;
		}
		HttpStatusCode status = (completion.getClientResponse() instanceof ResponseData answer) ? answer.getHttpStatus()
				: null;
		if (status == null) {
			attempt.end(Outcome.CANCELLED);
			return;
		}
		if (request.getContext() instanceof RequestDataContext data && data.getClientRequest() != null) {
			RequestData asked = data.getClientRequest();
			attempt.answering(status.value(), asked.getHttpMethod().name(),
					Objects.requireNonNullElse(asked.getUrl().getRawPath(), ""));
		}
		attempt.end(Outcomes.of(status.value(), this.rules.get()));
	}

	/**
	 * Identity of a request, since two equal requests may be in flight.
	 *
	 * @param request the request
	 */
	private record Key(Request<?> request) {

		@Override
		@SuppressWarnings("ReferenceEquality") // see above
		public boolean equals(@Nullable Object other) {
			return other instanceof Key that && this.request == that.request;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this.request);
		}

	}

}
