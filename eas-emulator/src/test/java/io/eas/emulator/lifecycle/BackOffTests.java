package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.lifecycle.LifecycleCommand.Launch;
import io.eas.emulator.lifecycle.LifecycleCommand.WakeUp;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long an instance that doesn't stay waits for its next start.
 */
class BackOffTests {

	private final TestLife life = new TestLife();

	/** Runs for a while, ends, and waits; tells how long. */
	private Duration crash(int seconds) {
		this.life.started().pass(seconds).exited();
		LifecycleState waiting = this.life.state();
		if (waiting.phase() != Phase.BACKING_OFF) {
			assertThat(this.life.commands()).containsExactly(new Launch(this.life.run()));
			return Duration.ZERO;
		}
		assertThat(this.life.commands()).containsExactly(new WakeUp(this.life.run(), waiting.until()));
		assertThat(waiting.since()).isEqualTo(this.life.now());
		assertThat(waiting.reason()).isEqualTo("exit code 3");
		Duration wait = Duration.between(waiting.since(), waiting.until());
		this.life.pass(wait.toSeconds()).backOffOver();
		assertThat(this.life.commands()).containsExactly(new Launch(this.life.run()));
		return wait;
	}

	private List<Long> crashes(int count) {
		List<Long> waits = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			waits.add(crash(1).toSeconds());
		}
		return waits;
	}

	@Test
	void doublesFrom10To300Seconds() {
		this.life.start();
		assertThat(crashes(9)).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
		assertThat(this.life.lifecycle().restarts()).isEqualTo(9);
	}

	@Test
	void isResetTenMinutesAfterTheLastRestart() {
		this.life.start();
		crashes(4);
		assertThat(crash(599)).hasSeconds(1); // of 80, as the pause is forgotten
												// meanwhile
		assertThat(crashes(2)).containsExactly(10L, 20L);
		assertThat(crash(600)).isZero();
		assertThat(crashes(3)).containsExactly(10L, 20L, 40L);
	}

	@Test
	void resetEndsAPendingPause() {
		this.life.start();
		crashes(8);
		assertThat(crash(299)).hasSeconds(300);
		assertThat(crash(301)).hasSeconds(299);
		assertThat(crash(1)).hasSeconds(10);
	}

	@Test
	void restartAfterAKillWaitsOnlyIfTheProcessBeforeEndedRecently() {
		assertThat(livenessNeverPasses(11)).containsExactly(0L, 0L, 0L, 0L, 40L, 80L, 160L, 300L, 0L, 300L, 0L);
	}

	@Test
	void crashAfterKillsWaitsForTheAccumulatedPause() {
		assertThat(livenessNeverPasses(4)).containsOnly(0L);
		assertThat(crash(1)).hasSeconds(40);
		assertThat(livenessNeverPasses(2)).containsExactly(80L, 160L);
	}

	/**
	 * Checked every 10 s, killed by the third failure, ends at once; tells the pauses.
	 */
	private List<Long> livenessNeverPasses(int count) {
		if (this.life.run() == 0) {
			this.life.with(CheckKind.LIVENESS, 0, 1, 3).start();
		}
		List<Long> pauses = new ArrayList<>();
		while (pauses.size() < count) {
			this.life.started();
			while (this.life.state().phase() != Phase.KILLED) {
				this.life.pass(10 - this.life.now().getEpochSecond() % 10).failed(CheckKind.LIVENESS);
			}
			this.life.exited();
			LifecycleState state = this.life.state();
			long pause = (state.until() != null) ? Duration.between(state.since(), state.until()).toSeconds() : 0;
			if (pause > 0) {
				this.life.pass(pause).backOffOver();
			}
			pauses.add(pause);
		}
		return pauses;
	}

	@Test
	void firstStartHasNoPause() {
		this.life.start().started().pass(3600).exited();
		assertThat(this.life.commands()).containsExactly(new Launch(2));
		assertThat(crash(1)).hasSeconds(10);
	}

	@Test
	void failedStartCountsAsACrash() {
		this.life.start().exited();
		assertThat(this.life.run()).isEqualTo(2);
		this.life.exited();
		assertThat(this.life.state())
			.isEqualTo(LifecycleState.backingOff(Instant.EPOCH, Instant.EPOCH.plusSeconds(10), "exit code 3"));
	}

	@Test
	void reasonOfAKillIsKept() {
		this.life.with(CheckKind.LIVENESS, 0, 1, 1).start();
		this.life.started().exited().started().exited().pass(10).backOffOver();
		this.life.started().failed(CheckKind.LIVENESS).exited();
		Instant now = Instant.EPOCH.plusSeconds(10);
		assertThat(this.life.state()).isEqualTo(
				LifecycleState.backingOff(now, now.plusSeconds(20), "liveness_check failed: GET / answered 503"));
	}

}
