package io.eas.emulator;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;

import io.eas.emulator.instance.Backend;
import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireRequest;
import io.eas.emulator.net.WireResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A backend whose model is a handler in this JVM. There is no process to start, freeze or
 * kill; the instance's frontend and port act as if there were one.
 */
class HandlerBackend implements Backend {

	private static final Logger LOGGER = LoggerFactory.getLogger(HandlerBackend.class);

	private final EmulatedHandler handler;

	HandlerBackend(EmulatedHandler handler) {
		this.handler = handler;
	}

	@Override
	public Mono<Void> exchange(WireRequest request, HttpServerResponse caller, ResponseWriter answer) {
		return ask(request).map(HandlerBackend::wire).onErrorResume((ex) -> {
			LOGGER.warn("The handler failed for {} {}", request.method(), request.uri(), ex);
			return Mono.just(WireResponse.error(500, "the handler failed: " + ex));
		})
			.defaultIfEmpty(WireResponse.error(500, "the handler answered nothing"))
			.flatMap((response) -> response.write(answer));
	}

	/**
	 * Calls the handler. An {@code Error} that Reactor would rethrow also counts as a
	 * failure of the handler; one that is thrown on another thread can't be caught here.
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

	private static WireResponse wire(EmulatedResponse response) {
		return new WireResponse(response.status(), response.headers(), response.body());
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
