package io.eas.probe;

import java.util.function.Consumer;

import io.eas.instance.EasInstance;
import reactor.core.publisher.Mono;

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
	}

	/**
	 * One check, and one more result.
	 * @return cold; completes once the result was taken. Cancelling ends the check.
	 */
	Mono<Void> tick() {
		return Mono.defer(() -> this.prober.probe(this.instance))
			.onErrorResume((ex) -> Mono.just(new ProbeResult.Discarded("can't be checked: " + ex)))
			.doOnNext(this::take)
			.then();
	}

	private void take(ProbeResult result) {
		Tally before = this.tally;
		Change change = new Change(this.instance, before, before.with(result, this.threshold));
		this.tally = change.after();
		if (change.isTurn() || change.isVerdict()) {
			this.changes.accept(change);
		}
	}

	/** The results so far. */
	Tally tally() {
		return this.tally;
	}

}
