package io.eas.emulator.instance;

import java.time.Duration;
import java.util.OptionalLong;

import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireRequest;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The model behind an instance's front.
 */
public interface Backend {

	/**
	 * Starts without waiting.
	 * @param died is told when it ends unasked
	 */
	void launch(Runnable died);

	/**
	 * Waits until it serves.
	 */
	void awaitReady();

	/**
	 * Takes one request.
	 * @param request the request
	 * @param caller the caller's connection
	 * @param answer takes the model's answer
	 * @return cold; completes when the answer was passed on, fails when the backend is
	 * gone
	 */
	Mono<Void> exchange(WireRequest request, HttpServerResponse caller, ResponseWriter answer);

	/**
	 * Ends it the hard way, and waits.
	 */
	void kill();

	/**
	 * Stops it in its tracks.
	 * @throws IllegalStateException if it can't be stopped
	 */
	void freeze();

	/**
	 * Lets it go on after {@link #freeze()}.
	 */
	void thaw();

	/**
	 * Asks it to end for good.
	 */
	void terminate();

	/**
	 * Waits for the end after {@link #terminate()}.
	 * @param grace how long, before it is killed
	 */
	void awaitEnd(Duration grace);

	/**
	 * Whether it can take requests.
	 * @return {@code false} once it has ended
	 */
	boolean isAlive();

	/**
	 * The id of its process.
	 * @return empty while it has none
	 */
	OptionalLong pid();

}
