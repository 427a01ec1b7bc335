package io.eas.benchmarks.faults;

import io.eas.benchmarks.load.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PhasesTests {

	private final Phases phases = new Phases();

	@Test
	void callBelongsToThePhaseInWhichItEnds() {
		enter(Phase.BEFORE);
		call();
		enter(Phase.DURING);
		call();
		call();
		enter(Phase.MENDING);
		assertThat(this.phases.of(Phase.BEFORE).calls()).isEqualTo(1);
		assertThat(this.phases.of(Phase.DURING).calls()).isEqualTo(2);
		assertThat(this.phases.seconds(Phase.DURING)).isPositive();
		assertThat(this.phases.perSecond(Phase.DURING)).isEqualTo(2 / this.phases.seconds(Phase.DURING));
	}

	@Test
	void warmUpIsNotCounted() {
		call();
		assertThat(this.phases.all().calls()).isZero();
		assertThat(this.phases.of(Phase.WARM_UP).calls()).isEqualTo(1);
	}

	@Test
	void callDelayedByTheFaultCountsAsAffectedEvenIfItEndsLater() {
		enter(Phase.BEFORE);
		call();
		enter(Phase.DURING);
		long held = System.nanoTime();
		enter(Phase.MENDING);
		enter(Phase.AFTER);
		this.phases.ended(held, System.nanoTime(), Outcome.answered(1));
		call();
		enter(Phase.END);
		this.phases.ended(held, System.nanoTime(), Outcome.answered(1));
		assertThat(this.phases.touched().calls()).isEqualTo(2);
		assertThat(this.phases.all().calls()).isEqualTo(4);
		assertThat(this.phases.of(Phase.AFTER).calls()).isEqualTo(2);
	}

	private void enter(Phase phase) {
		this.phases.enter(phase);
	}

	private void call() {
		this.phases.ended(System.nanoTime(), System.nanoTime(), Outcome.answered(1));
	}

}
