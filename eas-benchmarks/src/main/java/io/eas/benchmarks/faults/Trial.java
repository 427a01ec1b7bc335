package io.eas.benchmarks.faults;

import java.time.Duration;

import io.eas.benchmarks.clients.Client;
import io.eas.benchmarks.load.ClosedLoop;
import io.eas.benchmarks.load.Measurement;
import io.eas.benchmarks.load.Pause;

/**
 * Measures a client before, during and after a fault. Blocks.
 *
 * @param client the client
 * @param callers the number of concurrent callers
 * @param windows the durations of the phases
 */
record Trial(Client client, int callers, Windows windows) {

	/**
	 * Runs the trial.
	 * @param fault the fault
	 * @param lead the time from the start of the fault to the start of its measurement
	 * @return the effects on callers
	 */
	Observation run(Fault fault, Duration lead) {
		Phases phases = new Phases();
		ClosedLoop loop = ClosedLoop.start(this.client.call(), this.callers, phases);
		warmUp(phases.of(Phase.WARM_UP));
		phases.enter(Phase.BEFORE);
		Pause.of(this.windows.before());
		phases.enter(Phase.STRIKING);
		Fault.Struck struck = fault.strike(this.windows.during());
		try (struck) {
			Pause.of(lead);
			phases.enter(Phase.DURING);
			Pause.of(this.windows.during());
			phases.enter(Phase.MENDING);
		}
		Pause.of(Windows.SETTLING);
		phases.enter(Phase.AFTER);
		Pause.of(this.windows.after());
		phases.enter(Phase.END);
		loop.stop(Windows.PATIENCE);
		return Observation.of(phases);
	}

	/** Warms up for a fixed time, and until enough calls have been answered. */
	private void warmUp(Measurement calls) {
		Pause.of(this.windows.warmUp());
		long started = System.nanoTime();
		while (calls.answered() < this.windows.calls() && System.nanoTime() - started < Windows.PATIENCE.toNanos()) {
			Pause.of(Windows.SETTLING);
		}
	}

}
