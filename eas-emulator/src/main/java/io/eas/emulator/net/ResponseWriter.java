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
 * Writes a response to a caller.
 */
@FunctionalInterface
public interface ResponseWriter {

	/** The status of a response without a body and without {@code Content-Length}. */
	int NO_CONTENT = 204;

	/**
	 * Writes the response.
	 * @param status the HTTP status
	 * @param headers the headers; hop-by-hop headers are left out
	 * @param body the body, whose buffers are released by this writer
	 * @return completes when everything was written
	 */
	Publisher<Void> write(int status, HttpHeaders headers, Publisher<? extends ByteBuf> body);

	/**
	 * Returns a writer that flushes each part of the body as it arrives.
	 * @param response the response to the caller
	 * @return a writer to that response
	 */
	static ResponseWriter streaming(HttpServerResponse response) {
		return (status, headers, body) -> {
			response.status(status);
			EndToEndHeaders.copy(headers, response.responseHeaders());
			if (status == NO_CONTENT) {
				response.responseHeaders().remove(HttpHeaderNames.CONTENT_LENGTH);
				return Flux.from(body).doOnNext(ReferenceCountUtil::release).thenEmpty(response.send());
			}
			// a complete body is sent together with the headers in one write
			return (body instanceof Mono) ? response.send(body) : response.send(body, (part) -> true);
		};
	}

}
