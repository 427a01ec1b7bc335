package io.eas.discovery.probe;

import java.util.function.Consumer;

import io.eas.http.FirstFailure;
import io.eas.instance.EasInstance;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Checks one instance when it is told to. Only ticks: when, is for {@link ProbeRounds} to
 * say, and what a verdict means, for {@link Choice}. Ticked one at a time; its results
 * are read by any thread.
 */
final class ProbeWorker {

	private final EasInstance instance;

	private final Prober prober;

	private final Threshold threshold;

	private final Consumer<Change> changes;

	private final FirstFailure failures;

	private volatile Tally tally = Tally.EMPTY;

	/**
	 * Stores what it works with.
	 * @param instance the instance
	 * @param prober checks it
	 * @param threshold says what results amount to
	 * @param changes told of results that differ from the one before, and of verdicts, on
	 * whichever thread they came
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
	 * One check, and one more result.
	 * @return cold; completes once the result was taken. Cancelling ends the check.
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

	/** Operators would throw an {@link Error} on, or lose it, and the tick never end. */
	private void end(MonoSink<Void> tick, Throwable failure) {
		try {
			take(new ProbeResult.Discarded("can't be checked: " + failure));
		}
		catch (Throwable ex) {
			// memory ran out once more, or the failure has no text
			this.failures.tell(ex);
		}
		finally {
			tick.success();
		}
	}

	/** Whatever follows from it, the next check comes. */
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

	/** The results so far. */
	Tally tally() {
		return this.tally;
	}

}
