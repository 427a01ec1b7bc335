package io.eas.metrics;

import java.util.Objects;

import io.eas.loadbalancer.RequestLoad;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Observation context of a call with all its attempts. Headers, such as those of a trace,
 * can be added to the carrier until the first attempt; each attempt sends them, unless
 * the call sets such a header itself. The response of the context is the result of the
 * call, or null before the end of the call. Used by one thread at a time.
 */
public final class EasClientObservationContext extends ReadyKeyValues<HttpHeaders, EasCallResult> {

	private final String service;

	private final String method;

	private final boolean instanceAddress;

	private final long started = System.nanoTime();

	private volatile @Nullable String requestId;

	private volatile @Nullable RequestLoad load;

	/**
	 * Creates the context of a call that starts now.
	 * @param service the alias of the service
	 * @param method the HTTP method
	 * @param instanceAddress whether traces should contain the address of the instance
	 */
	public EasClientObservationContext(String service, String method, boolean instanceAddress) {
		super((carrier, name, value) -> Objects.requireNonNull(carrier).set(name, value));
		this.service = service;
		this.method = method;
		this.instanceAddress = instanceAddress;
		setRemoteServiceName(service);
	}

	/**
	 * Returns the headers that are sent with each attempt.
	 * @return the headers, which are created on the first call; never null
	 */
	@Override
	public HttpHeaders getCarrier() {
		HttpHeaders known = super.getCarrier();
		if (known == null) {
			known = new HttpHeaders();
			setCarrier(known);
		}
		return known;
	}

	/**
	 * Returns the headers of the carrier, or null if {@link #getCarrier} was never
	 * called.
	 */
	@Nullable HttpHeaders added() {
		return super.getCarrier();
	}

	/** Returns the time since the start of the call, in nanoseconds. */
	long elapsed() {
		return System.nanoTime() - this.started;
	}

	/**
	 * Returns the alias of the service.
	 * @return the name under {@code eas.services}
	 */
	public String getService() {
		return this.service;
	}

	/**
	 * Returns the HTTP method.
	 * @return the method, such as {@code POST}
	 */
	public String getMethod() {
		return this.method;
	}

	/**
	 * Returns whether traces should contain the address of the instance ({@code
	 * eas.observation.instance-address}).
	 * @return true if the address should be added
	 */
	public boolean isInstanceAddress() {
		return this.instanceAddress;
	}

	/**
	 * Returns the request ID of the call.
	 * @return the ID, or null if the call has none or the ID isn't known yet
	 */
	public @Nullable String getRequestId() {
		return this.requestId;
	}

	void setRequestId(String requestId) {
		this.requestId = requestId;
	}

	/**
	 * Returns why the instance of the last attempt was picked, if the load-balancing
	 * algorithm looks at the bodies of calls, as prefix-aware load balancing does. Each
	 * invocation of this method creates the text again.
	 * @return the reason in words, or null if there is none
	 */
	public @Nullable String getPickReason() {
		RequestLoad known = this.load;
		return (known != null) ? known.reason() : null;
	}

	void setLoad(RequestLoad load) {
		this.load = load;
	}

	/**
	 * Returns the result of the call.
	 * @return the result, never null; its outcome is {@link EasCallOutcome#UNKNOWN}
	 * before the end
	 */
	public EasCallResult getResult() {
		EasCallResult result = getResponse();
		return (result != null) ? result : EasCallResult.UNKNOWN;
	}

}
