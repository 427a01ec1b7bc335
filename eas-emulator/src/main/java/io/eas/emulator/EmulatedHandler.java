package io.eas.emulator;

import reactor.core.publisher.Mono;

/**
 * A model inside this JVM.
 */
@FunctionalInterface
public interface EmulatedHandler {

	/**
	 * Answers a request. Called on an event loop, so it must not block; slow work belongs
	 * on a scheduler of the handler's own.
	 * @param request the request, its token already checked
	 * @return the answer; cancelled when the caller's connection is closed before it
	 * came. An empty or failed one is answered with 500 and the reason, as is whatever
	 * the handler throws on the calling thread. What Reactor counts as fatal, such as a
	 * {@link LinkageError}, ends in the thread that throws it: on any other thread the
	 * request is then never answered
	 */
	Mono<EmulatedResponse> handle(EmulatedRequest request);

	/**
	 * A handler that answers with the body it got.
	 * @return answers 200 with the request's content type, or with <code>{}</code> as
	 * JSON when there is no body
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
