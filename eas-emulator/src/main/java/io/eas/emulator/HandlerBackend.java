package io.eas.emulator;

import java.time.Duration;
import java.util.OptionalLong;

import io.eas.emulator.net.Answer;
import io.eas.emulator.net.WireRequest;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A handler in this JVM. Its front does all there is to do about its life.
 */
non-sealed class HandlerBackend implements Backend {

	private static final Logger LOGGER = LoggerFactory.getLogger(HandlerBackend.class);

	private static final EmulatedResponse FAILED = EmulatedResponse.json(500, "{\"error\":\"the handler failed\"}");

	private final EmulatedHandler handler;

	HandlerBackend(EmulatedHandler handler) {
		this.handler = handler;
	}

	@Override
	public Mono<Void> exchange(WireRequest request, Answer answer) {
		return Mono.defer(() -> this.handler.handle(new EmulatedRequest(request)))
			.doOnError((ex) -> LOGGER.warn("The handler failed for {} {}", request.method(), request.uri(), ex))
			.onErrorReturn(FAILED)
			.defaultIfEmpty(FAILED)
			.flatMap((response) -> write(response, answer));
	}

	static Mono<Void> write(EmulatedResponse response, Answer answer) {
		HttpHeaders headers = new DefaultHttpHeaders();
		response.headers().forEach(headers::set);
		headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
		return Mono.from(answer.write(response.status(), headers,
				Mono.fromSupplier(() -> Unpooled.wrappedBuffer(response.body()))));
	}

	@Override
	public void launch(Runnable died) {
	}

	@Override
	public void awaitReady() {
	}

	@Override
	public void kill() {
	}

	@Override
	public void freeze() {
	}

	@Override
	public void thaw() {
	}

	@Override
	public void terminate() {
	}

	@Override
	public void awaitEnd(Duration grace) {
	}

	@Override
	public boolean isAlive() {
		return true;
	}

	@Override
	public OptionalLong pid() {
		return OptionalLong.empty();
	}

}
