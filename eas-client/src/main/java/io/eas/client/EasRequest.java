package io.eas.client;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Builder of one call. Not thread-safe and not reusable. The returned {@code Mono} or
 * {@code Flux} is cold and may be subscribed to more than once; each subscription is a
 * separate call. No argument may be null.
 */
public interface EasRequest extends EasRequestSpec<EasRequest> {

	/**
	 * Key of the request ID in the Reactor context. The value, a {@code String}, is used
	 * for calls that set no request ID themselves, and only if {@code
	 * http.request-id-header} is configured.
	 */
	String REQUEST_ID = "eas.request-id";

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
	 * {@link EasException}, even after some elements if the connection breaks, and with
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
	 * Performs the call and returns the response as received, whatever its status. An
	 * attempt whose status is listed in {@code retry.on-statuses} is still retried on
	 * another instance; the response of the last attempt is returned.
	 * @return a cold {@code Mono} with the response and the bytes of its body, still
	 * compressed if it has a {@code Content-Encoding}. It fails only if there is no
	 * response
	 */
	Mono<EasResponse<byte[]>> exchange();

}
