package io.eas.emulator;

import reactor.core.publisher.Mono;

/**
 * A model service that runs inside this JVM.
 */
@FunctionalInterface
public interface EmulatedHandler {

	/**
	 * Handles a request. Called on an event loop, so this method must not block; slow
	 * work belongs on a scheduler of the handler's own.
	 * @param request the request, whose token has been checked
	 * @return the response; cancelled if the caller's connection is closed first. If the
	 * {@code Mono} is empty or fails, or if this method throws, the caller gets status
	 * 500 with the reason. Exception: an error that Reactor treats as fatal, such as a
	 * {@link LinkageError}, can only be caught on the calling thread; on any other
	 * thread, the request is never answered
	 */
	Mono<EmulatedResponse> handle(EmulatedRequest request);

	/**
	 * Returns a handler that echoes the body of each request.
	 * @return a handler that answers 200 with the body and content type of the request,
	 * or with <code>{}</code> as JSON if there is no body
	 */
	static EmulatedHandler echo() {
		return (request) -> Mono.just(echo(request));
	}

	private static EmulatedResponse echo(EmulatedRequest request) {
		if (request.body().length == 0) {
			return EmulatedResponse.json(200, "{}");
		}
		String contentType = request.header("Content-Type");
		return EmulatedResponse.bytes(200, request.body(),
				(contentType != null) ? contentType : "application/octet-stream");
	}

}
