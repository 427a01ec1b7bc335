package io.eas.emulator;

import java.time.Duration;
import java.util.OptionalLong;

import io.eas.emulator.net.Answer;
import io.eas.emulator.net.WireRequest;
import reactor.core.publisher.Mono;

/**
 * The model behind an instance's front.
 */
sealed interface Backend permits HandlerBackend, ProcessBackend {

	/** Starts without waiting; {@code died} is told when it ends unasked. */
	void launch(Runnable died);

	/** Waits until it serves. */
	void awaitReady();

	/** Takes one request; fails when the backend is gone. */
	Mono<Void> exchange(WireRequest request, Answer answer);

	/** Ends it the hard way, and waits. */
	void kill();

	void freeze();

	void thaw();

	/** Asks it to end for good. */
	void terminate();

	/** Waits for the end after {@link #terminate()}. */
	void awaitEnd(Duration grace);

	boolean isAlive();

	OptionalLong pid();

}
