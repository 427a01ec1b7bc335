package io.eas.emulator.instance;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

import io.eas.emulator.net.Connections;
import io.eas.emulator.net.ResponseWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Sends the headers of the whole response and the first half of its body, then resets the
 * connection.
 *
 * @param response the caller's connection
 */
record TruncatedResponse(HttpServerResponse response) implements ResponseWriter {

	@Override
	public Publisher<Void> write(int status, HttpHeaders headers, Publisher<? extends ByteBuf> body) {
		return Flux.from(body)
			.collect(ByteArrayOutputStream::new, TruncatedResponse::take)
			.flatMap((whole) -> writeHalf(status, headers, whole.toByteArray()));
	}

	private static void take(ByteArrayOutputStream whole, ByteBuf part) {
		whole.writeBytes(ByteBufUtil.getBytes(part));
		part.release();
	}

	private Mono<Void> writeHalf(int status, HttpHeaders headers, byte[] whole) {
		ByteBuf half = Unpooled.wrappedBuffer(Arrays.copyOf(whole, whole.length / 2));
		ResponseWriter answer = ResponseWriter.streaming(this.response);
		HttpHeaders complete = headers.copy().set(HttpHeaderNames.CONTENT_LENGTH, Math.max(whole.length, 2));
		return Mono.from(answer.write(status, complete, Flux.just(half))).then(Connections.reset(this.response));
	}

}
