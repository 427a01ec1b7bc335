package io.eas.client;

import java.time.Duration;

import org.springframework.http.MediaType;

/**
 * The methods that {@link EasRequest} and {@link EasBlockingRequest} have in common. Not
 * thread-safe. No argument may be null.
 *
 * <p>
 * All time limits are enforced with a precision of about 20 ms. A limit longer than 365
 * days counts as 365 days.
 *
 * @param <S> the type of the request
 */
public interface EasRequestSpec<S extends EasRequestSpec<S>> {

	/**
	 * Adds a query parameter.
	 * @param name the name, not encoded
	 * @param values the values, not encoded; none to send only the name
	 * @return this request
	 * @throws IllegalArgumentException if the name or a value cannot be encoded in UTF-8
	 */
	S query(String name, Object... values);

	/**
	 * Adds a header. The client itself sets {@code Content-Length}, {@code Content-MD5},
	 * {@code Host}, {@code Transfer-Encoding}, {@code Connection} and {@code Upgrade}
	 * and, unless the authentication scheme is {@code none}, {@code Authorization} and
	 * {@code Date}. Adding {@code Content-Type} is the same as calling
	 * {@link #contentType}.
	 * @param name the name
	 * @param values the values, in visible ASCII characters. The caller must encode all
	 * other characters in the way that the service expects
	 * @return this request
	 * @throws IllegalArgumentException if the client sets this header itself, or if the
	 * name or a value has characters that are not allowed
	 */
	S header(String name, String... values);

	/**
	 * Sets the content type of the body. By default bytes, text and protobuf messages are
	 * sent as {@code application/octet-stream}, as the vendor's SDKs do, and everything
	 * else as JSON.
	 * @param contentType the media type
	 * @return this request
	 */
	S contentType(MediaType contentType);

	/**
	 * Sets the {@code Accept} header.
	 * @param mediaTypes the accepted media types; by default there is no {@code Accept}
	 * header
	 * @return this request
	 */
	S accept(MediaType... mediaTypes);

	/**
	 * Sets the body. The body is encoded once per call, not once per attempt.
	 * @param body a {@code byte[]}, which must not be modified until the call has ended;
	 * a {@code String}; a protobuf message; or an object that Jackson writes as JSON
	 * @return this request
	 * @throws IllegalArgumentException if the body is not a value: a publisher, future,
	 * stream of bytes, reader, file, resource, iterator, form, HTTP entity, optional,
	 * supplier or other lambda, or a bare {@code Object}
	 */
	S body(Object body);

	/**
	 * Limits the whole call, including the wait for the first list of instances, all
	 * attempts and the pauses between them. For a stream the limit applies until its
	 * first event.
	 * @param timeout a positive duration. The default is {@code http.request-timeout}. If
	 * the call sets {@link #responseTimeout} or, for a stream,
	 * {@link #firstEventTimeout}, the default is at least twice that value
	 * @return this request
	 * @throws IllegalArgumentException if the timeout is zero or negative
	 */
	S timeout(Duration timeout);

	/**
	 * Limits how long an attempt waits for data from the instance: for the first byte of
	 * the response after the request has been sent, and between any two bytes. If the
	 * instance stops reading the request, only {@link #timeout} applies. For a stream the
	 * value replaces the configured {@link #firstEventTimeout} and
	 * {@link #nextEventTimeout}, unless this call sets them as well.
	 * @param timeout a positive duration; by default {@code http.response-timeout}
	 * @return this request
	 * @throws IllegalArgumentException if the timeout is zero or negative
	 */
	S responseTimeout(Duration timeout);

	/**
	 * Limits how long an attempt waits for the first event of a stream after the request
	 * has been sent. The limit still applies after headers and comments have arrived,
	 * because inference engines send them before they compute.
	 * @param timeout a positive duration; by default {@code http.first-event-timeout}
	 * @return this request
	 * @throws IllegalArgumentException if the timeout is zero or negative
	 */
	S firstEventTimeout(Duration timeout);

	/**
	 * Limits the time between two events of a stream. The limit applies only while the
	 * subscriber has requested an event: time spent in the subscriber doesn't count.
	 * Comments are not events.
	 * @param timeout a positive duration; by default {@code http.next-event-timeout}
	 * @return this request
	 * @throws IllegalArgumentException if the timeout is zero or negative
	 */
	S nextEventTimeout(Duration timeout);

	/**
	 * Limits a stream as a whole, from the subscription to its end, including the time
	 * spent in the subscriber. When the time is up, the subscriber receives the events
	 * that have already arrived, and then the failure.
	 * @param timeout a positive duration; by default {@code http.stream-timeout}, which
	 * is unlimited unless configured
	 * @return this request
	 * @throws IllegalArgumentException if the timeout is zero or negative
	 */
	S streamTimeout(Duration timeout);

	/**
	 * Sets whether the call may be executed more than once. A call that is not idempotent
	 * is retried only if its request has certainly not reached an instance.
	 * @param idempotent by default {@code retry.idempotent}
	 * @return this request
	 */
	S idempotent(boolean idempotent);

	/**
	 * Sets the hash key: calls with the same key, such as the prefix of a prompt or the
	 * name of a session, go to the same instance. Used with
	 * {@code load-balancer.algorithm: consistent-hash}.
	 * @param hashKey any text; by default the value of the header
	 * {@code load-balancer.hash-header}
	 * @return this request
	 */
	S hashKey(String hashKey);

	/**
	 * Sets the request ID, by which the call is found in the logs of the service and of
	 * the application. Each attempt sends it in the header
	 * {@code http.request-id-header}, or in {@code X-Request-Id} if none is configured;
	 * failures and traces contain it.
	 * @param requestId visible ASCII characters. The default is the value of that header,
	 * if the call sets the header. Otherwise there is a default only if
	 * {@code http.request-id-header} is configured: the value of
	 * {@link EasRequest#REQUEST_ID} in the Reactor context, or else a new random UUID
	 * @return this request
	 * @throws IllegalArgumentException if a header can't carry the ID
	 */
	S requestId(String requestId);

}
