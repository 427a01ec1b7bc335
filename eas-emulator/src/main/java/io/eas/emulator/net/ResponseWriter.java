package io.eas.emulator.net;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.ReferenceCountUtil;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes a response.
 */
@FunctionalInterface
public interface ResponseWriter {

	/** The status of an answer that neither has a body nor says how long it would be. */
	int NO_CONTENT = 204;

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
	static ResponseWriter streaming(HttpServerResponse response) {
		return (status, headers, body) -> {
			response.status(status);
			EndToEndHeaders.copy(headers, response.responseHeaders());
			if (status == NO_CONTENT) {
				response.responseHeaders().remove(HttpHeaderNames.CONTENT_LENGTH);
				return Flux.from(body).doOnNext(ReferenceCountUtil::release).thenEmpty(response.send());
			}
			// a whole body goes out with its headers in one write
			return (body instanceof Mono) ? response.send(body) : response.send(body, (part) -> true);
		};
	}

}
