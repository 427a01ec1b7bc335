package io.eas.client;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;

/**
 * A call that is being put together. Not thread-safe, of one use; the {@code Mono} it
 * ends in may be subscribed to more than once, and each subscription is a call.
 */
public interface EasRequest {

	/**
	 * Adds a query parameter.
	 * @param name its name, not yet encoded
	 * @param values its values, not yet encoded; none for a name alone
	 * @return this
	 */
	EasRequest query(String name, Object... values);

	/**
	 * Adds a header. {@code Content-Length}, {@code Content-MD5} and {@code Host} are the
	 * client's, and so are {@code Authorization} and {@code Date} unless the scheme is
	 * {@code none}; {@code Content-Type} is the same as {@link #contentType}.
	 * @param name its name
	 * @param values its values, in visible ASCII characters; what has others is for the
	 * caller to encode, as the service expects it
	 * @return this
	 * @throws IllegalArgumentException if the name or a value isn't allowed in HTTP or
	 * has other characters, or the header is the client's
	 */
	EasRequest header(String name, String... values);

	/**
	 * Says what the body is. Without it bytes, text and protobuf messages go out as
	 * {@code application/octet-stream}, as the vendor's SDKs send them, and everything
	 * else as JSON.
	 * @param contentType the media type
	 * @return this
	 */
	EasRequest contentType(MediaType contentType);

	/**
	 * Says what is accepted as an answer.
	 * @param mediaTypes the media types; nothing is said by default
	 * @return this
	 */
	EasRequest accept(MediaType... mediaTypes);

	/**
	 * Sets the body. It is encoded once a call, however many attempts that takes.
	 * @param body a {@code byte[]}, which must not be changed until the call is over; a
	 * {@code String}; a protobuf message; or anything that Jackson writes as JSON
	 * @return this
	 * @throws IllegalArgumentException for what isn't a value: a publisher, future,
	 * stream of bytes, reader, file, resource, iterator, form, HTTP entity, optional,
	 * supplier or other lambda, or a bare {@code Object}
	 */
	EasRequest body(Object body);

	/**
	 * Limits the whole call, with the wait for the first list of instances, all attempts
	 * and the pauses between them; of a stream until its first event. Like all limits of
	 * calls it is met to some 20 ms.
	 * @param timeout more than 0, a year if it is more than that; by default
	 * {@code http.request-timeout}, or twice the call's own response timeout, of a stream
	 * twice the time to its first event, if that is longer
	 * @return this
	 */
	EasRequest timeout(Duration timeout);

	/**
	 * Limits how long an attempt may wait for the instance to send something: for the
	 * first byte of the answer once the request is out, and between any two. An instance
	 * that stops taking the request is up to {@link #timeout}. Of a stream it stands for
	 * {@link #firstEventTimeout} and {@link #nextEventTimeout} where the call doesn't say
	 * them, whatever is configured.
	 * @param timeout more than 0, a year if it is more than that; by default
	 * {@code http.response-timeout}
	 * @return this
	 */
	EasRequest responseTimeout(Duration timeout);

	/**
	 * Limits how long an attempt may take to the first event of a stream, from when the
	 * request is out. Headers and comments are no events: engines send them before they
	 * compute.
	 * @param timeout more than 0, a year if it is more than that; by default
	 * {@code http.first-event-timeout}
	 * @return this
	 */
	EasRequest firstEventTimeout(Duration timeout);

	/**
	 * Limits how long a stream may give no further event while one is wanted. How long
	 * its reader takes doesn't count, nor do comments.
	 * @param timeout more than 0, a year if it is more than that; by default
	 * {@code http.next-event-timeout}
	 * @return this
	 */
	EasRequest nextEventTimeout(Duration timeout);

	/**
	 * Limits a stream as a whole, from the call to its end, however long its reader
	 * takes. Once it is over the reader gets what had come, then the failure.
	 * @param timeout more than 0, a year if it is more than that; by default
	 * {@code http.stream-timeout}, which is none
	 * @return this
	 */
	EasRequest streamTimeout(Duration timeout);

	/**
	 * Says whether the call may be carried out twice. Where not, only what surely never
	 * reached an instance is tried again.
	 * @param idempotent by default {@code retry.idempotent}
	 * @return this
	 */
	EasRequest idempotent(boolean idempotent);

	/**
	 * Says what this call has in common with others that should go to the same instance,
	 * such as the prefix of a prompt or the name of a session. Used with
	 * {@code load-balancer.algorithm: consistent-hash}.
	 * @param hashKey any text; by default the value of the header
	 * {@code load-balancer.hash-header}
	 * @return this
	 */
	EasRequest hashKey(String hashKey);

	/**
	 * Makes the call and reads the answer's body.
	 * @param type {@code byte[]}, {@code String}, a protobuf message, a type that Jackson
	 * reads, or {@code Void}, which discards it
	 * @param <T> the type of the answer
	 * @return the body, empty where there is none; fails with an {@link EasException},
	 * which is an {@link EasStatusException} for a status that isn't 2xx: redirects are
	 * not followed
	 */
	<T> Mono<T> retrieve(Class<T> type);

	/**
	 * Makes the call and reads the answer's body into a generic type.
	 * @param type such as {@code new ParameterizedTypeReference<List<Digit>>() {}}
	 * @param <T> the type of the answer
	 * @return see {@link #retrieve(Class)}
	 */
	<T> Mono<T> retrieve(ParameterizedTypeReference<T> type);

	/**
	 * Makes the call and gives the answer with its status, its headers, the instance that
	 * gave it and the attempts it took.
	 * @param type see {@link #retrieve(Class)}
	 * @param <T> the type of the body
	 * @return the answer; fails as {@link #retrieve(Class)}
	 */
	<T> Mono<EasResponse<T>> toEntity(Class<T> type);

	/**
	 * Makes the call and gives the answer with a body of a generic type.
	 * @param type see {@link #retrieve(ParameterizedTypeReference)}
	 * @param <T> the type of the body
	 * @return see {@link #toEntity(Class)}
	 */
	<T> Mono<EasResponse<T>> toEntity(ParameterizedTypeReference<T> type);

	/**
	 * Makes the call and reads the answer's body while it comes, no faster than the
	 * subscriber asks for. Other attempts are made until the first element is there, not
	 * after that. {@link #timeout} and {@link #firstEventTimeout} limit the time until
	 * then, {@link #nextEventTimeout} and {@link #streamTimeout} what follows.
	 * @param type of an element: {@code ServerSentEvent}, {@code String} (the data of an
	 * event, or a line), a type that Jackson reads (from the data of an event, an element
	 * of an array, or a line of {@code application/x-ndjson}), {@code byte[]}, or
	 * {@code DataBuffer}, which is to be released
	 * @param <T> the same
	 * @return cold; the elements in order. Fails with an {@link EasException}, also after
	 * some elements if the connection breaks, and with an {@link EasStatusException} for
	 * a status that isn't 2xx. Cancelling it closes the connection
	 */
	<T> Flux<T> retrieveFlux(Class<T> type);

	/**
	 * Makes the call and reads the answer's body while it comes, into a generic type.
	 * @param type such as {@code new ParameterizedTypeReference<ServerSentEvent<Token>>()
	 * {}}
	 * @param <T> the type of an element
	 * @return see {@link #retrieveFlux(Class)}
	 */
	<T> Flux<T> retrieveFlux(ParameterizedTypeReference<T> type);

	/**
	 * Makes the call and gives the answer as it is, whatever its status. Attempts that
	 * end in a status of {@code retry.on-statuses} are still repeated elsewhere; the last
	 * one's answer is given.
	 * @return the answer with its bytes, compressed if its {@code Content-Encoding} says
	 * so; fails only where there is none
	 */
	Mono<EasResponse<byte[]>> exchange();

}
