package io.eas.discovery.probe;

import java.util.function.Consumer;

import io.eas.http.FirstFailure;
import io.eas.instance.EasInstance;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Checks one instance on each tick. {@link ProbeRounds} decides when to tick, and
 * {@link Choice} decides which instances are used. Only one tick may be in progress at a
 * time; any thread may read the results.
 */
final class ProbeWorker {

	private final EasInstance instance;

	private final Prober prober;

	private final Threshold threshold;

	private final Consumer<Change> changes;

	private final FirstFailure failures;

	private volatile Tally tally = Tally.EMPTY;

	/**
	 * Creates a worker.
	 * @param instance the instance
	 * @param prober sends the health checks
	 * @param threshold derives the verdict from the results
	 * @param changes called with each result that differs from the previous one or
	 * changes the verdict, on any thread
	 */
	ProbeWorker(EasInstance instance, Prober prober, Threshold threshold, Consumer<Change> changes) {
		this.instance = instance;
		this.prober = prober;
		this.threshold = threshold;
		this.changes = changes;
		this.failures = new FirstFailure(
				"The result of a check of " + instance.address() + " could not be passed on; checks go on");
	}

	/**
	 * Checks the instance once and records the result.
	 * @return a cold {@code Mono} that completes after the result has been recorded;
	 * cancelling it aborts the check
	 */
	Mono<Void> tick() {
		return Mono.create((tick) -> {
			try {
				tick.onDispose(
						this.prober.probe(this.instance).subscribe(this::take, (ex) -> end(tick, ex), tick::success));
			}
			catch (Throwable ex) {
				end(tick, ex);
			}
		});
	}

	/**
	 * Ends a tick after a failure of the prober. The failure is handled here because
	 * Reactor's operators would rethrow or drop an {@link Error}, and the tick would
	 * never end.
	 */
	private void end(MonoSink<Void> tick, Throwable failure) {
		try {
			take(new ProbeResult.Discarded("can't be checked: " + failure));
		}
		catch (Throwable ex) {
			// memory ran out again, or the failure's toString() failed
			this.failures.tell(ex);
		}
		finally {
			tick.success();
		}
	}

	/** Records a result. A failure of the consumer doesn't prevent the next check. */
	private void take(ProbeResult result) {
		try {
			Tally before = this.tally;
			Change change = new Change(this.instance, before, before.with(result, this.threshold));
			this.tally = change.after();
			if (change.isTurn() || change.isVerdict()) {
				this.changes.accept(change);
			}
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	/** Returns the results so far. */
	Tally tally() {
		return this.tally;
	}

}
