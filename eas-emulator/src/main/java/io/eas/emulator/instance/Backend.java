package io.eas.emulator.instance;

import java.time.Duration;
import java.util.OptionalLong;

import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireRequest;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The model behind an instance's frontend.
 */
public interface Backend {

	/**
	 * Starts the model without waiting.
	 * @param died called when the model ends without being asked to
	 */
	void launch(Runnable died);

	/**
	 * Waits until the model is ready.
	 */
	void awaitReady();

	/**
	 * Passes one request to the model.
	 * @param request the request
	 * @param caller the caller's connection
	 * @param answer receives the model's response
	 * @return a cold {@code Mono}; completes when the response has been passed on, and
	 * fails if the model has ended
	 */
	Mono<Void> exchange(WireRequest request, HttpServerResponse caller, ResponseWriter answer);

	/**
	 * Kills the model and waits for its end.
	 */
	void kill();

	/**
	 * Suspends the model.
	 * @throws IllegalStateException if the model can't be suspended
	 */
	void freeze();

	/**
	 * Resumes the model after {@link #freeze()}.
	 */
	void thaw();

	/**
	 * Asks the model to end for good.
	 */
	void terminate();

	/**
	 * Waits for the end of the model after {@link #terminate()}.
	 * @param grace how long to wait before the model is killed
	 */
	void awaitEnd(Duration grace);

	/**
	 * Returns whether the model can take requests.
	 * @return {@code false} once the model has ended
	 */
	boolean isAlive();

	/**
	 * Returns the id of the model's process.
	 * @return the id; empty if there is none
	 */
	OptionalLong pid();

}
