package io.eas.client;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;

/**
 * Builder of one call. Not thread-safe and not reusable. The returned {@code Mono} or
 * {@code Flux} is cold and may be subscribed to more than once; each subscription is a
 * separate call. No argument may be null.
 *
 * <p>
 * All time limits are enforced with a precision of about 20 ms. A limit longer than 365
 * days counts as 365 days.
 */
public interface EasRequest {

	/**
	 * The key in the Reactor context whose value, a {@code String}, is the request ID of
	 * calls that set none themselves. Used only if {@code http.request-id-header} is
	 * configured.
	 */
	String REQUEST_ID = "eas.request-id";

	/**
	 * Adds a query parameter.
	 * @param name the name, not encoded
	 * @param values the values, not encoded; none to send only the name
	 * @return this request
	 * @throws IllegalArgumentException if the name or a value cannot be encoded in UTF-8
	 */
	EasRequest query(String name, Object... values);

	/**
	 * Adds a header. The client itself sets {@code Content-Length}, {@code Content-MD5},
	 * {@code Host}, {@code Transfer-Encoding} and {@code Connection} and, unless the
	 * authentication scheme is {@code none}, {@code Authorization} and {@code Date}.
	 * Adding {@code Content-Type} is the same as calling {@link #contentType}.
	 * @param name the name
	 * @param values the values, in visible ASCII characters. The caller must encode all
	 * other characters in the way that the service expects
	 * @return this request
	 * @throws IllegalArgumentException if the client sets this header itself, or if the
	 * name or a value has characters that are not allowed
	 */
	EasRequest header(String name, String... values);

	/**
	 * Sets the content type of the body. By default bytes, text and protobuf messages are
	 * sent as {@code application/octet-stream}, as the vendor's SDKs do, and everything
	 * else as JSON.
	 * @param contentType the media type
	 * @return this request
	 */
	EasRequest contentType(MediaType contentType);

	/**
	 * Sets the {@code Accept} header.
	 * @param mediaTypes the accepted media types; by default there is no {@code Accept}
	 * header
	 * @return this request
	 */
	EasRequest accept(MediaType... mediaTypes);

	/**
	 * Sets the body. The body is encoded once per call, not once per attempt.
	 * @param body a {@code byte[]}, which must not be modified until the call has ended;
	 * a {@code String}; a protobuf message; or an object that Jackson writes as JSON
	 * @return this request
	 * @throws IllegalArgumentException if the body is not a value: a publisher, future,
	 * stream of bytes, reader, file, resource, iterator, form, HTTP entity, optional,
	 * supplier or other lambda, or a bare {@code Object}
	 */
	EasRequest body(Object body);

	/**
	 * Limits the whole call, including the wait for the first list of instances, all
	 * attempts and the pauses between them. For a stream the limit applies until its
	 * first event.
	 * @param timeout a positive duration. By default the call has
	 * {@code http.request-timeout}, but at least twice the time that it sets for one
	 * attempt itself with {@link #responseTimeout} or, for a stream,
	 * {@link #firstEventTimeout}
	 * @return this request
	 * @throws IllegalArgumentException if the timeout is zero or negative
	 */
	EasRequest timeout(Duration timeout);

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
	EasRequest responseTimeout(Duration timeout);

	/**
	 * Limits how long an attempt waits for the first event of a stream after the request
	 * has been sent. Headers and comments are not events, because inference engines send
	 * them before they compute.
	 * @param timeout a positive duration; by default {@code http.first-event-timeout}
	 * @return this request
	 * @throws IllegalArgumentException if the timeout is zero or negative
	 */
	EasRequest firstEventTimeout(Duration timeout);

	/**
	 * Limits the time between two events of a stream. The limit applies only while the
	 * subscriber has requested an event: time spent in the subscriber doesn't count.
	 * Comments are not events.
	 * @param timeout a positive duration; by default {@code http.next-event-timeout}
	 * @return this request
	 * @throws IllegalArgumentException if the timeout is zero or negative
	 */
	EasRequest nextEventTimeout(Duration timeout);

	/**
	 * Limits a stream as a whole, from the subscription to its end, including the time
	 * spent in the subscriber. When the time is up, the subscriber receives the events
	 * that have already arrived, and then the failure.
	 * @param timeout a positive duration; by default {@code http.stream-timeout}, which
	 * is unlimited unless configured
	 * @return this request
	 * @throws IllegalArgumentException if the timeout is zero or negative
	 */
	EasRequest streamTimeout(Duration timeout);

	/**
	 * Sets whether the call may be executed more than once. A call that is not idempotent
	 * is retried only if its request has certainly not reached an instance.
	 * @param idempotent by default {@code retry.idempotent}
	 * @return this request
	 */
	EasRequest idempotent(boolean idempotent);

	/**
	 * Sets the hash key: calls with the same key, such as the prefix of a prompt or the
	 * name of a session, go to the same instance. Used with
	 * {@code load-balancer.algorithm: consistent-hash}.
	 * @param hashKey any text; by default the value of the header
	 * {@code load-balancer.hash-header}
	 * @return this request
	 */
	EasRequest hashKey(String hashKey);

	/**
	 * Sets the request ID, by which the call is found in the logs of the service and of
	 * the application. Each attempt sends it in the header
	 * {@code http.request-id-header}, or in {@code X-Request-Id} if none is configured;
	 * failures and traces contain it.
	 * @param requestId visible ASCII characters. By default the value of that header, if
	 * the call sets it; otherwise, only if {@code http.request-id-header} is configured,
	 * the value of {@link #REQUEST_ID} in the Reactor context, or a new random UUID
	 * @return this request
	 * @throws IllegalArgumentException if a header can't carry the ID
	 */
	EasRequest requestId(String requestId);

	/**
	 * Performs the call and reads the response body.
	 * @param type {@code byte[]}, {@code String}, a protobuf message, a type that Jackson
	 * reads, or {@code Void}, which discards the body
	 * @param <T> the type of the body
	 * @return a cold {@code Mono} with the body, empty if there is none. It fails with an
	 * {@link EasException}; if the status is not 2xx, with an {@link EasStatusException}.
	 * Redirects are not followed
	 */
	<T> Mono<T> retrieve(Class<T> type);

	/**
	 * Performs the call and reads the response body into a generic type.
	 * @param type such as {@code new ParameterizedTypeReference<List<Digit>>() {}}
	 * @param <T> the type of the body
	 * @return see {@link #retrieve(Class)}
	 */
	<T> Mono<T> retrieve(ParameterizedTypeReference<T> type);

	/**
	 * Performs the call and returns the response with its status, its headers, the
	 * instance that sent it and the number of attempts.
	 * @param type see {@link #retrieve(Class)}
	 * @param <T> the type of the body
	 * @return a cold {@code Mono} with the response; it fails like
	 * {@link #retrieve(Class)}
	 */
	<T> Mono<EasResponse<T>> toEntity(Class<T> type);

	/**
	 * Performs the call and returns the response with a body of a generic type.
	 * @param type see {@link #retrieve(ParameterizedTypeReference)}
	 * @param <T> the type of the body
	 * @return see {@link #toEntity(Class)}
	 */
	<T> Mono<EasResponse<T>> toEntity(ParameterizedTypeReference<T> type);

	/**
	 * Performs the call and reads the response body while it arrives, with backpressure:
	 * not faster than the subscriber requests elements. Another attempt is possible only
	 * until the first element has arrived. Until then {@link #timeout} and
	 * {@link #firstEventTimeout} apply, afterwards {@link #nextEventTimeout} and
	 * {@link #streamTimeout}.
	 * @param type the type of an element: {@code ServerSentEvent}; {@code String} (the
	 * data of an event, or a line); a type that Jackson reads (from the data of an event,
	 * an element of an array, or a line of {@code application/x-ndjson}); {@code byte[]};
	 * or {@code DataBuffer}, which the subscriber must release
	 * @param <T> the type of an element
	 * @return a cold {@code Flux} with the elements in order. It fails with an
	 * {@link EasException}, also after some elements if the connection breaks, and with
	 * an {@link EasStatusException} if the status is not 2xx. Cancelling it closes the
	 * connection
	 */
	<T> Flux<T> retrieveFlux(Class<T> type);

	/**
	 * Performs the call and reads the response body while it arrives, into a generic
	 * type.
	 * @param type such as {@code new ParameterizedTypeReference<ServerSentEvent<Token>>()
	 * {}}
	 * @param <T> the type of an element
	 * @return see {@link #retrieveFlux(Class)}
	 */
	<T> Flux<T> retrieveFlux(ParameterizedTypeReference<T> type);

	/**
	 * Performs the call and returns the response as received, whatever its status.
	 * Attempts with a status of {@code retry.on-statuses} are still retried on other
	 * instances; the response of the last attempt is returned.
	 * @return a cold {@code Mono} with the response and the bytes of its body, still
	 * compressed if it has a {@code Content-Encoding}. It fails only if there is no
	 * response
	 */
	Mono<EasResponse<byte[]>> exchange();

}
