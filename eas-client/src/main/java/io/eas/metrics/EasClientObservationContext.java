package io.eas.metrics;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A call that is observed, with all its attempts. Its carrier takes headers, such as
 * those of a trace, until the first attempt; each attempt sends them, unless the call has
 * such a header of its own. Its response is how it ended, or null before that. Used by
 * one thread at a time.
 */
public final class EasClientObservationContext extends ReadyKeyValues<HttpHeaders, EasCallResult> {

	private final String service;

	private final String method;

	private final boolean instanceAddress;

	private final long started = System.nanoTime();

	/**
	 * A call that starts.
	 * @param service the alias of the service
	 * @param method the HTTP method
	 * @param instanceAddress whether the address of the instance is wanted
	 */
	public EasClientObservationContext(String service, String method, boolean instanceAddress) {
		super((carrier, name, value) -> Objects.requireNonNull(carrier).set(name, value));
		this.service = service;
		this.method = method;
		this.instanceAddress = instanceAddress;
		setRemoteServiceName(service);
	}

	/**
	 * The headers that go along with each attempt.
	 * @return made when they are first asked for
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

	/** Those of the carrier, or null if nobody has asked for it. */
	@Nullable HttpHeaders added() {
		return super.getCarrier();
	}

	/** How long the call has taken until now, in nanoseconds. */
	long elapsed() {
		return System.nanoTime() - this.started;
	}

	/**
	 * The alias of the service.
	 * @return the name under {@code eas.services}
	 */
	public String getService() {
		return this.service;
	}

	/**
	 * The HTTP method.
	 * @return such as {@code POST}
	 */
	public String getMethod() {
		return this.method;
	}

	/**
	 * Whether the address of the instance is wanted
	 * ({@code eas.observation.instance-address}).
	 * @return false unless asked for
	 */
	public boolean isInstanceAddress() {
		return this.instanceAddress;
	}

	/**
	 * What is known of the end.
	 * @return never null; before the end its outcome is {@link EasCallOutcome#UNKNOWN}
	 */
	public EasCallResult getResult() {
		EasCallResult result = getResponse();
		return (result != null) ? result : EasCallResult.UNKNOWN;
	}

}
