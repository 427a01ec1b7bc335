package io.eas.emulator.net;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Where an answer goes.
 */
@FunctionalInterface
public interface Answer {

	/**
	 * Gives the answer.
	 * @param status the HTTP status
	 * @param headers the headers; those that belong to one connection are left out
	 * @param body the body; its buffers are released by whoever writes them
	 * @return completes when all was written
	 */
	Publisher<Void> write(int status, HttpHeaders headers, Publisher<? extends ByteBuf> body);

	/**
	 * Passes each part of the body on as it comes.
	 * @param response the answer to the caller
	 * @return writes to that response
	 */
	static Answer streaming(HttpServerResponse response) {
		return (status, headers, body) -> {
			response.status(status);
			EndToEnd.copy(headers, response.responseHeaders());
			// a whole body goes out with its headers in one write
			return (body instanceof Mono) ? response.send(body) : response.send(body, (part) -> true);
		};
	}

}
