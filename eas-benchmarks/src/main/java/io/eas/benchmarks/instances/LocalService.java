package io.eas.benchmarks.instances;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

import io.eas.benchmarks.load.Pause;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedService;

/**
 * A local EAS with a service {@code echo} whose instances answer in this JVM.
 * Thread-safe.
 */
public final class LocalService implements AutoCloseable {

	/**
	 * How often clients ask for its list: as often as on EAS in a fiftieth of the time.
	 */
	public static final Duration INTERVAL = Duration.ofMillis(100);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String NAME = "echo";

	private final EasEmulator eas;

	/**
	 * Starts it.
	 * @param instances how many, all of the same weight
	 * @param work what each request takes; time, but no processor
	 */
	public LocalService(int instances, Duration work) {
		this(Collections.nCopies(instances, 100), work);
	}

	/**
	 * Starts it.
	 * @param weights those of its instances
	 * @param work what each request takes; time, but no processor
	 */
	public LocalService(List<Integer> weights, Duration work) {
		EmulatedHandler echo = EmulatedHandler.echo();
		EmulatedHandler working = work.isZero() ? echo : (request) -> echo.handle(request).delayElement(work);
		this.eas = EasEmulator.builder()
			.admin(false)
			.service(NAME,
					(service) -> weights
						.forEach((weight) -> service.instance((instance) -> instance.weight(weight).handler(working))))
			.build()
			.start();
	}

	/**
	 * The local EAS.
	 * @return to set faults
	 */
	public EasEmulator eas() {
		return this.eas;
	}

	/**
	 * The service.
	 * @return to set faults
	 */
	public EmulatedService service() {
		return this.eas.service(NAME);
	}

	/**
	 * Puts a new instance in the place of the oldest, which ends without a word as soon
	 * as the client knows the new one. Blocks until then, and for 30 s at most.
	 */
	public void replaceOldest() {
		EmulatedInstance oldest = service().instance(0);
		service().add();
		// the second question from now on is asked by who has had an answer to the first
		awaitPolls(2);
		service().remove(oldest);
	}

	/**
	 * Blocks until clients have asked for the list, and for 30 s at most.
	 * @param polls how many times from now on
	 */
	public void awaitPolls(int polls) {
		long known = this.eas.discovery().requests() + polls;
		long started = System.nanoTime();
		while (this.eas.discovery().requests() < known && System.nanoTime() - started < PATIENCE.toNanos()) {
			Pause.of(INTERVAL.dividedBy(4));
		}
	}

	@Override
	public void close() {
		this.eas.close();
	}

}
