package io.eas.client.call;

import org.springframework.http.HttpHeaders;

/**
 * Listener for the headers of an event stream, for callers that can't wait for its first
 * event. An HTTP client's response to such a stream comes with the first event, and the
 * attempt may be followed by another until then. The listener is an entry of the
 * subscriber's context, under its class. Its exceptions have no effect on the call; the
 * first one is logged.
 */
@FunctionalInterface
public interface HeadersListener {

	/**
	 * Called on an event loop, so it must not block, with each attempt whose headers
	 * arrive.
	 * @param status the status of the response, always 2xx
	 * @param headers the headers, which are read-only
	 */
	void arrived(int status, HttpHeaders headers);

}
