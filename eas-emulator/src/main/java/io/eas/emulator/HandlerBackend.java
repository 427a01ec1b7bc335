package io.eas.emulator;

import java.time.Duration;
import java.util.Objects;
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

	private final EmulatedHandler handler;

	HandlerBackend(EmulatedHandler handler) {
		this.handler = handler;
	}

	@Override
	public Mono<Void> exchange(WireRequest request, Answer answer) {
		return ask(request).map(WireResponse::of).onErrorResume((ex) -> {
			LOGGER.warn("The handler failed for {} {}", request.method(), request.uri(), ex);
			return Mono.just(WireResponse.of(Errors.json(500, "the handler failed: " + ex)));
		})
			.defaultIfEmpty(WireResponse.of(Errors.json(500, "the handler answered nothing")))
			.flatMap((response) -> response.write(answer));
	}

	/**
	 * An {@code Error} that Reactor would throw is the handler's failure, too, but for
	 * one on another thread, which nobody here sees.
	 */
	private Mono<EmulatedResponse> ask(WireRequest request) {
		return Mono.create((sink) -> {
			try {
				Mono<EmulatedResponse> response = this.handler.handle(new EmulatedRequest(request));
				sink.onCancel(Objects.requireNonNull(response, "it returned null")
					.subscribe(sink::success, sink::error, sink::success));
			}
			catch (Throwable ex) {
				sink.error(ex);
			}
		});
	}

	static Mono<Void> write(EmulatedResponse response, Answer answer) {
		return WireResponse.of(response).write(answer);
	}

	/**
	 * An answer whose headers can be sent.
	 *
	 * @param response the answer
	 * @param headers its headers
	 */
	private record WireResponse(EmulatedResponse response, HttpHeaders headers) {

		static WireResponse of(EmulatedResponse response) {
			HttpHeaders headers = new DefaultHttpHeaders();
			response.headers().forEach(headers::set);
			headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
			return new WireResponse(response, headers);
		}

		Mono<Void> write(Answer answer) {
			return Mono.from(answer.write(this.response.status(), this.headers,
					Mono.fromSupplier(() -> Unpooled.wrappedBuffer(this.response.body()))));
		}

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
