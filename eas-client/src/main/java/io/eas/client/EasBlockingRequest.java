package io.eas.client;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Builder of one call for a caller that waits for the response. Not thread-safe and not
 * reusable. No argument may be null.
 *
 * <p>
 * A call ends by itself within its {@linkplain #timeout time limit}. Interrupting the
 * waiting thread cancels the call and closes the connection of the running attempt; the
 * method then throws a {@link java.util.concurrent.CancellationException}, and the thread
 * keeps its interrupted status. All other failures are {@link EasException}s. Threads
 * that must not block, such as event loops, get an {@link IllegalStateException}.
 */
public interface EasBlockingRequest extends EasRequestSpec<EasBlockingRequest> {

	/**
	 * Performs the call and reads the response body.
	 * @param type see {@link EasRequest#retrieve(Class)}
	 * @param <T> the type of the body
	 * @return the body, or null if there is none
	 * @throws EasException if the call fails; an {@link EasStatusException} if the status
	 * is not 2xx
	 */
	<T> @Nullable T retrieve(Class<T> type);

	/**
	 * Performs the call and reads the response body into a generic type.
	 * @param type such as {@code new ParameterizedTypeReference<List<Digit>>() {}}
	 * @param <T> the type of the body
	 * @return the body, or null if there is none
	 * @throws EasException see {@link #retrieve(Class)}
	 */
	<T> @Nullable T retrieve(ParameterizedTypeReference<T> type);

	/**
	 * Performs the call and returns the response with its status, its headers, the
	 * instance that sent it and the number of attempts.
	 * @param type see {@link EasRequest#retrieve(Class)}
	 * @param <T> the type of the body
	 * @return the response
	 * @throws EasException see {@link #retrieve(Class)}
	 */
	<T> EasResponse<T> toEntity(Class<T> type);

	/**
	 * Performs the call and returns the response with a body of a generic type.
	 * @param type see {@link #retrieve(ParameterizedTypeReference)}
	 * @param <T> the type of the body
	 * @return the response
	 * @throws EasException see {@link #retrieve(Class)}
	 */
	<T> EasResponse<T> toEntity(ParameterizedTypeReference<T> type);

	/**
	 * Performs the call and returns the response as received, whatever its status.
	 * @return see {@link EasRequest#exchange()}
	 * @throws EasException if there is no response
	 */
	EasResponse<byte[]> exchange();

}
