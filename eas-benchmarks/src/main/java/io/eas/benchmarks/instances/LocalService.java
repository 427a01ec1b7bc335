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
	 * The poll interval of clients: a fiftieth of that on EAS.
	 */
	public static final Duration INTERVAL = Duration.ofMillis(100);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String NAME = "echo";

	private final EasEmulator eas;

	/**
	 * Starts the service.
	 * @param instances the number of instances, which all have the same weight
	 * @param work the processing time of a request, without use of the processor
	 */
	public LocalService(int instances, Duration work) {
		this(Collections.nCopies(instances, 100), work);
	}

	/**
	 * Starts the service.
	 * @param weights the weights of the instances
	 * @param work the processing time of a request, without use of the processor
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
	 * Returns the local EAS.
	 * @return the local EAS, for injecting faults
	 */
	public EasEmulator eas() {
		return this.eas;
	}

	/**
	 * Returns the service.
	 * @return the service, for injecting faults
	 */
	public EmulatedService service() {
		return this.eas.service(NAME);
	}

	/**
	 * Replaces the oldest instance by a new one. The old instance ends without notice as
	 * soon as the client knows the new one. Blocks until then, for at most 30 s.
	 */
	public void replaceOldest() {
		EmulatedInstance oldest = service().instance(0);
		service().add();
		// a client that polls a second time has had the response to its first poll
		awaitPolls(2);
		service().remove(oldest);
	}

	/**
	 * Blocks until clients have polled the list, for at most 30 s.
	 * @param polls the number of polls from now on
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
