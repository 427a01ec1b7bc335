package io.eas.client.call;

import org.springframework.http.HttpHeaders;

/**
 * Listener for the headers of an event stream, for callers that can't wait for its first
 * event. An HTTP client receives the response only with the first event of the stream;
 * until then, another attempt may follow. The listener is an entry of the subscriber's
 * context, under its class. Its exceptions have no effect on the call; the first one is
 * logged.
 */
@FunctionalInterface
public interface HeadersListener {

	/**
	 * Called for each attempt whose headers arrive. It is called on an event loop and
	 * must not block.
	 * @param status the status of the response, always 2xx
	 * @param headers the headers, which are read-only
	 */
	void arrived(int status, HttpHeaders headers);

}
