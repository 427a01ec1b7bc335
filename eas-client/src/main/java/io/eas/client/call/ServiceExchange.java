package io.eas.client.call;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

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
 * In all other respects these are calls of the {@link ServiceClient}, with attempts on
 * other instances until a response has arrived, and its first event if an event stream
 * was requested. Thread-safe.
 */
final class ServiceExchange {

	/**
	 * Headers that the network layer sets. Values from a codec or message converter are
	 * ignored.
	 */
	private static final Set<String> FRAMING = Set.of("content-length", "host", "connection", "transfer-encoding");

	private final ServiceClient client;

	ServiceExchange(ServiceClient client) {
		this.client = client;
	}

	/** Returns the alias. */
	String service() {
		return this.client.name();
	}

	/** Returns how much of a request body is held in memory, in bytes. */
	int limit() {
		return (int) this.client.settings().http().maxInMemorySize().toBytes();
	}

	/**
	 * Returns the timer that limits the wait for the rest of a body that nobody reads to
	 * its end.
	 */
	Timer timer() {
		return this.client.deadlines();
	}

	/** Creates the failure for a request body that is larger than the limit. */
	EasCodecException tooLarge() {
		return new EasCodecException(new EasException.Attempt(service(), null),
				"the body of the request is larger than the limit of " + limit()
						+ " bytes (http.max-in-memory-size); it is held in memory to be signed, and sent more than once",
				null);
	}

	/**
	 * Returns a call.
	 * @param method the HTTP method
	 * @param uri the encoded URI: a path, or a URL whose host is the alias
	 * @param headers the headers of the request
	 * @param body the body of the request, empty for none
	 * @return a cold {@code Mono} with the response of any status. The caller must
	 * subscribe to its body, or {@linkplain StreamedResponse#release() release} the
	 * response
	 * @throws IllegalArgumentException if the URI or a header can't be sent
	 */
	Mono<ClientHttpResponse> exchange(HttpMethod method, URI uri, HttpHeaders headers, EncodedBody body) {
		requireOurs(uri);
		PreparedRequest request = new PreparedRequest(this.client, method,
				this.client.target(uri.getRawPath(), uri.getRawQuery()));
		headers.forEach((name, values) -> {
			if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
				request.header(name, values.toArray(String[]::new));
			}
		});
		if (body.length() > 0) {
			request.body(body);
		}
		boolean streamed = ResponseReader.Exchange.isStream(headers.getFirst(HttpHeaders.ACCEPT));
		request.streamed(streamed);
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
