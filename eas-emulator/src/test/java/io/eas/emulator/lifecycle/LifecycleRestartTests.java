package io.eas.emulator.lifecycle;

import java.util.stream.Stream;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.lifecycle.LifecycleCommand.CheckReadiness;
import io.eas.emulator.lifecycle.LifecycleCommand.Terminate;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.probe.ProbeResult;
import org.junit.jupiter.api.Test;

import static io.eas.deployment.model.CheckKind.LIVENESS;
import static io.eas.deployment.model.CheckKind.READINESS;
import static io.eas.deployment.model.CheckKind.STARTUP;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a life is while its process is being killed, and what the next process takes over
 * from it.
 */
class LifecycleRestartTests {

	private final TestLife life = new TestLife();

	private static TestLife checked() {
		return new TestLife().with(STARTUP, 0, 1, 2).with(LIVENESS, 0, 1, 2).with(READINESS, 0, 1, 2);
	}

	private static TestLife ready() {
		return checked().running().passed(STARTUP).passed(READINESS);
	}

	private static void assertDue(TestLife life, CheckKind... kinds) {
		assertThat(Stream.of(CheckKind.values()).filter(life::isDue)).containsExactlyInAnyOrder(kinds);
	}

	@Test
	void staysReadyWhileItIsBeingKilledUntilReadinessFails() {
		TestLife life = ready().failed(LIVENESS).failed(LIVENESS);
		assertThat(life.lifecycle().isReady()).isTrue();
		assertDue(life, READINESS);
		LifecycleState killed = life.state();
		assertThat(life.failed(READINESS).lifecycle().isReady()).isTrue();
		assertThat(life.failed(READINESS).lifecycle().isReady()).isFalse();
		assertThat(life.commands()).isEmpty();
		assertThat(life.passed(READINESS).lifecycle().isReady()).isTrue();
		assertThat(life.state()).isEqualTo(killed);
		assertThat(life.exited().lifecycle().isReady()).isFalse();
	}

	@Test
	void becomesReadyWhileItIsBeingKilled() {
		TestLife life = checked().running().passed(STARTUP).failed(LIVENESS).failed(LIVENESS);
		assertThat(life.lifecycle().isReady()).isFalse();
		assertThat(life.passed(READINESS).lifecycle().isReady()).isTrue();
	}

	@Test
	void withoutAReadinessCheckItIsReadyUntilItsProcessHasEnded() {
		TestLife life = this.life.with(LIVENESS, 0, 1, 1).running().failed(LIVENESS);
		assertThat(life.state().phase()).isEqualTo(Phase.KILLED);
		assertThat(life.lifecycle().isReady()).isTrue();
		assertThat(life.exited().lifecycle().isReady()).isFalse();
	}

	@Test
	void instanceKilledByItsStartupCheckIsNeverReady() {
		TestLife life = checked().running().failed(STARTUP).failed(STARTUP).passed(READINESS);
		assertThat(life.state().phase()).isEqualTo(Phase.KILLED);
		assertThat(life.lifecycle().isReady()).isFalse();
	}

	@Test
	void instanceWithoutReadinessKilledByItsStartupCheckIsNeverReady() {
		TestLife life = this.life.with(STARTUP, 0, 1, 1).running().failed(STARTUP);
		assertThat(life.state().phase()).isEqualTo(Phase.KILLED);
		assertThat(life.lifecycle().isReady()).isFalse();
	}

	@Test
	void stoppedInstanceIsNotReadyEvenIfItsReadinessCheckPasses() {
		assertThat(ready().stop().passed(READINESS).lifecycle().isReady()).isFalse();
		assertThat(ready().failed(LIVENESS).failed(LIVENESS).stop().lifecycle().isReady()).isFalse();
	}

	@Test
	void livenessNoLongerCountsWhileItIsBeingKilled() {
		TestLife life = ready().failed(LIVENESS).failed(LIVENESS).passed(LIVENESS);
		assertThat(life.lifecycle().lastResults().get(LIVENESS)).isInstanceOf(ProbeResult.Failure.class);
	}

	@Test
	void everyStatusChangeOfAnUnreadyInstanceTriggersAReadinessCheck() {
		CheckReadiness outOfTurn = new CheckReadiness(1);
		TestLife life = checked().start();
		assertThat(life.started().commands()).isEmpty(); // the startup check comes first
		assertThat(life.passed(STARTUP).commands()).containsExactly(outOfTurn);
		assertThat(life.failed(READINESS).failed(READINESS).commands()).isEmpty(); // no
																					// news
		assertThat(life.passed(READINESS).commands()).isEmpty();
		assertThat(life.failed(READINESS).commands()).isEmpty();
		assertThat(life.failed(READINESS).commands()).containsExactly(outOfTurn);
		assertThat(life.failed(LIVENESS).commands()).isEmpty();
		assertThat(life.failed(LIVENESS).commands()).containsExactly(outOfTurn, new Terminate(1, TestLife.GRACE));
	}

	@Test
	void readinessIsCheckedImmediatelyOnceTheProcessRuns() {
		TestLife life = this.life.with(READINESS, 0, 1, 1).start();
		assertThat(life.started().commands()).containsExactly(new CheckReadiness(1));
		assertThat(life.exited().started().commands()).containsExactly(new CheckReadiness(2));
	}

	@Test
	void consecutiveResultsKeepCountingAfterTheProcessEndsByItself() {
		TestLife life = ready().failed(LIVENESS).exited().started().passed(STARTUP);
		assertThat(life.lifecycle().lastResults()).containsOnlyKeys(STARTUP);
		assertThat(life.failed(LIVENESS).state().phase()).isEqualTo(Phase.KILLED);
		assertThat(life.state().reason()).startsWith("liveness_check failed 2 times in a row: ");
	}

	@Test
	void consecutiveResultsAreResetAfterTheCheckKilledTheProcess() {
		TestLife life = ready().failed(LIVENESS).failed(LIVENESS).exited().started().passed(STARTUP);
		assertThat(life.failed(LIVENESS).state().phase()).isEqualTo(Phase.NOT_READY);
		assertThat(life.failed(LIVENESS).state().phase()).isEqualTo(Phase.KILLED);
	}

	@Test
	void readinessKeepsCountingAfterTheLivenessCheckKilledTheProcess() {
		TestLife life = this.life.with(READINESS, 0, 3, 1).with(LIVENESS, 0, 1, 1).running();
		life.passed(READINESS).passed(READINESS).failed(LIVENESS).exited().started();
		assertThat(life.passed(READINESS).state().phase()).isEqualTo(Phase.READY);
	}

	@Test
	void resultAfterTheEndOfItsProcessIsOnlyCounted() {
		TestLife life = ready();
		int run = life.run();
		life.exited().started().passed(STARTUP);
		life.on(new LifecycleEvent.Probed(run, LIVENESS, new ProbeResult.Failure("late"), life.now()));
		assertThat(life.state().phase()).isEqualTo(Phase.NOT_READY);
		assertThat(life.lifecycle().lastResults()).containsOnlyKeys(STARTUP);
		assertThat(life.failed(LIVENESS).state().phase()).isEqualTo(Phase.KILLED);
	}

	@Test
	void lateFailureAtTheThresholdKillsNothingAndResetsTheCount() {
		TestLife life = ready().failed(LIVENESS);
		int run = life.run();
		life.exited().started().passed(STARTUP);
		life.on(new LifecycleEvent.Probed(run, LIVENESS, new ProbeResult.Failure("late"), life.now()));
		assertThat(life.failed(LIVENESS).state().phase()).isEqualTo(Phase.NOT_READY);
		assertThat(life.failed(LIVENESS).state().phase()).isEqualTo(Phase.KILLED);
	}

	@Test
	void aLateResultIsCountedWhileNoProcessRuns() {
		TestLife life = ready().exited().started().passed(STARTUP).failed(LIVENESS).pass(1).exited();
		assertThat(life.state().phase()).isEqualTo(Phase.BACKING_OFF);
		assertThat(life.passed(LIVENESS).state().phase()).isEqualTo(Phase.BACKING_OFF);
		life.pass(10).backOffOver().started().passed(STARTUP);
		assertThat(life.failed(LIVENESS).state().phase()).isEqualTo(Phase.NOT_READY);
	}

}
