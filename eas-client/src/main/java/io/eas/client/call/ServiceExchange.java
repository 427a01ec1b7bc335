package io.eas.client.call;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import io.eas.client.EasCodecException;
import io.eas.client.EasException;
import io.eas.http.EncodedBody;
import io.netty.util.Timer;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Makes the calls of an HTTP client, such as a {@code WebClient}. The URI and the headers
 * are already encoded, and the body of the response is read after its status and headers.
 * In all other respects these are calls of the {@link ServiceClient}: they may be retried
 * until a response or, if an event stream was requested, its first event has arrived.
 * Thread-safe.
 */
final class ServiceExchange {

	/**
	 * Headers that the network layer sets. Values from a codec or message converter are
	 * ignored.
	 */
	private static final Set<String> FRAMING = framing("content-length", "host", "connection", "transfer-encoding");

	private final ServiceClient client;

	private final boolean whole;

	/**
	 * Creates an exchange.
	 * @param client the client of the service
	 * @param whole whether the response to a request that doesn't ask for a stream of
	 * events is given to the caller with its whole body
	 */
	ServiceExchange(ServiceClient client, boolean whole) {
		this.client = client;
		this.whole = whole;
	}

	private static Set<String> framing(String... names) {
		Set<String> framing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		Collections.addAll(framing, names);
		return Collections.unmodifiableSet(framing);
	}

	/** Returns the alias. */
	String service() {
		return this.client.name();
	}

	/** Returns the maximum size of a request body, in bytes. */
	int limit() {
		return (int) this.client.settings().http().maxInMemorySize().toBytes();
	}

	/**
	 * Returns the timer that limits the wait for the rest of a response body after the
	 * caller has closed its stream.
	 */
	Timer timer() {
		return this.client.deadlines();
	}

	/** Returns the time by which calls are measured, in nanoseconds. */
	long nanoTime() {
		return this.client.nanoTime();
	}

	/**
	 * Returns a {@code Mono} that fails when a call has waited for too long for the body
	 * of its request, or when the client is disconnected. While it is subscribed to, the
	 * call counts as in flight.
	 * @param headers the headers of the request
	 */
	Mono<Void> lateBody(HttpHeaders headers) {
		CallPolicy policy = this.client.policy();
		Duration limit = (isStreamed(headers) ? policy.streamLimits() : policy.limits()).call();
		return this.client.endOfWait(limit, "the body of the request was not complete", () -> "")
			.doFirst(() -> this.client.pausing(1))
			.doFinally((signal) -> this.client.pausing(-1));
	}

	private static boolean isStreamed(HttpHeaders headers) {
		return ResponseReader.Exchange.isStream(headers.getFirst(HttpHeaders.ACCEPT));
	}

	/** Creates the failure for a request body that is larger than the limit. */
	EasCodecException tooLarge() {
		return new EasCodecException(new EasException.Attempt(service(), null),
				"the body of the request is larger than the limit of " + limit()
						+ " bytes (http.max-in-memory-size); it is held in memory to be signed, and sent more than once",
				null);
	}

	/**
	 * Creates a call.
	 * @param method the HTTP method
	 * @param uri the encoded URI: a path, or a URL whose host is the alias
	 * @param headers the headers of the request
	 * @param body the body of the request, empty for none
	 * @param waited how long the call has waited for the body, in nanoseconds
	 * @return a cold {@code Mono} with the response of any status. The caller must
	 * subscribe to its body, or {@linkplain StreamedResponse#release() release} the
	 * response
	 * @throws IllegalArgumentException if the URI or a header can't be sent
	 */
	Mono<ClientHttpResponse> exchange(HttpMethod method, URI uri, HttpHeaders headers, EncodedBody body, long waited) {
		requireOurs(uri);
		PreparedRequest request = new PreparedRequest(this.client, method,
				this.client.target(uri.getRawPath(), uri.getRawQuery()));
		headers.forEach((name, values) -> {
			if (!FRAMING.contains(name)) {
				request.header(name, values.toArray(String[]::new));
			}
		});
		if (body.length() > 0) {
			request.body(body);
		}
		boolean streamed = isStreamed(headers);
		request.streamed(streamed);
		request.waited(waited);
		if (this.whole && !streamed) {
			return CallMono.of(request, new ResponseReader.Whole());
		}
		CallPolicy policy = this.client.policy();
		return CallMono.of(request, streamed ? policy.streamExchange() : policy.exchange());
	}

	private void requireOurs(URI uri) {
		boolean ours = uri.isAbsolute()
				? "http".equals(uri.getScheme()) && service().equals(uri.getRawAuthority()) && !uri.isOpaque()
				: uri.getRawAuthority() == null;
		if (!ours) {
			throw new IllegalArgumentException("This client calls the instances of " + service()
					+ " only: give it a path, such as /x, or http://" + service() + "/x, and not " + uri);
		}
	}

}
