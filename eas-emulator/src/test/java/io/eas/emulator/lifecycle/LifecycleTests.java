package io.eas.emulator.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.lifecycle.LifecycleCommand.Kill;
import io.eas.emulator.lifecycle.LifecycleCommand.Launch;
import io.eas.emulator.lifecycle.LifecycleCommand.Terminate;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.probe.ProbeResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.eas.deployment.model.CheckKind.LIVENESS;
import static io.eas.deployment.model.CheckKind.READINESS;
import static io.eas.deployment.model.CheckKind.STARTUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A life, step by step.
 */
class LifecycleTests {

	private static final Instant START = Instant.EPOCH;

	private final TestLife life = new TestLife();

	private static TestLife checked() {
		return new TestLife().with(STARTUP, 0, 1, 2).with(LIVENESS, 0, 1, 2).with(READINESS, 0, 1, 2);
	}

	private static TestLife ready() {
		return checked().running().passed(STARTUP).passed(READINESS);
	}

	@Test
	void waitsForTheStartEvent() {
		assertThat(this.life.state()).isEqualTo(LifecycleState.of(Phase.WAITING, START));
		assertThat(this.life.lifecycle().run()).isZero();
		assertThat(this.life.start().commands()).containsExactly(new Launch(1));
		assertThat(this.life.state()).isEqualTo(LifecycleState.of(Phase.WAITING, START));
		assertThat(this.life.start().commands()).isEmpty();
	}

	@Test
	void withoutChecksItIsReadyOnceItRuns() {
		this.life.start().pass(2).started();
		assertThat(this.life.state()).isEqualTo(LifecycleState.of(Phase.READY, START.plusSeconds(2)));
		assertThat(this.life.lifecycle().isReady()).isTrue();
	}

	@Test
	void withoutAReadinessCheckItIsReadyOnceItsStartupCheckSucceeded() {
		this.life.with(STARTUP, 0, 1, 3).running();
		assertThat(this.life.state()).isEqualTo(LifecycleState.of(Phase.STARTING, START));
		this.life.pass(10).passed(STARTUP);
		assertThat(this.life.state()).isEqualTo(LifecycleState.of(Phase.READY, START.plusSeconds(10)));
	}

	@Test
	void isNotReadyUntilReadinessSucceeded() {
		TestLife life = checked().running().pass(5).passed(STARTUP);
		assertThat(life.state()).isEqualTo(LifecycleState.of(Phase.NOT_READY, START.plusSeconds(5)));
		assertThat(life.pass(1).passed(READINESS).state())
			.isEqualTo(LifecycleState.of(Phase.READY, START.plusSeconds(6)));
	}

	@Test
	void followsReadinessAndKeepsTheTimeOfTheLastChange() {
		TestLife life = ready().pass(10).failed(READINESS);
		assertThat(life.state()).isEqualTo(LifecycleState.of(Phase.READY, START));
		assertThat(life.pass(10).failed(READINESS).state())
			.isEqualTo(LifecycleState.of(Phase.NOT_READY, START.plusSeconds(20)));
		assertThat(life.pass(10).failed(READINESS).state())
			.isEqualTo(LifecycleState.of(Phase.NOT_READY, START.plusSeconds(20)));
		assertThat(life.pass(10).passed(READINESS).state())
			.isEqualTo(LifecycleState.of(Phase.READY, START.plusSeconds(40)));
	}

	@Test
	void isKilledByLivenessAndRestarted() {
		TestLife life = ready().failed(LIVENESS).pass(10).failed(LIVENESS);
		assertThat(life.state()).isEqualTo(LifecycleState.killed(START.plusSeconds(10),
				"liveness_check failed 2 times in a row: GET / answered 503"));
		assertThat(life.commands()).containsExactly(new Terminate(1, TestLife.GRACE));
		assertThat(life.pass(30).graceOver().commands()).containsExactly(new Kill(1));
		assertThat(life.exited().commands()).containsExactly(new Launch(2));
		assertThat(life.lifecycle().restarts()).isEqualTo(1);
		assertThat(life.started().state()).isEqualTo(LifecycleState.of(Phase.STARTING, START.plusSeconds(40)));
	}

	@Test
	void isKilledByAStartupCheckThatNeverSucceeded() {
		TestLife life = checked().running().failed(STARTUP).failed(STARTUP);
		assertThat(life.state())
			.isEqualTo(LifecycleState.killed(START, "startup_check failed 2 times in a row: GET / answered 503"));
	}

	@Test
	void livenessSuccessThresholdOfTwoChangesNothing() {
		TestLife life = this.life.with(LIVENESS, 0, 2, 2).running();
		life.failed(LIVENESS).passed(LIVENESS).failed(LIVENESS);
		assertThat(life.state().phase()).isEqualTo(Phase.READY);
		assertThat(life.failed(LIVENESS).state().phase()).isEqualTo(Phase.KILLED);
	}

	@Test
	void discardedResultsAreShownButNotCounted() {
		ProbeResult.Discarded discarded = new ProbeResult.Discarded("cannot run");
		TestLife life = ready().failed(LIVENESS).probed(LIVENESS, discarded);
		assertThat(life.state().phase()).isEqualTo(Phase.READY);
		assertThat(life.lifecycle().lastResults()).containsEntry(LIVENESS, discarded);
		assertThat(life.failed(LIVENESS).state().phase()).isEqualTo(Phase.KILLED);
	}

	@Test
	void startupCheckRunsAloneUntilItSucceeds() {
		TestLife life = checked().start();
		assertDue(life);
		assertDue(life.started(), STARTUP);
		assertDue(life.passed(STARTUP), LIVENESS, READINESS);
		assertDue(life.exited());
		assertDue(life.started(), STARTUP);
		assertDue(life.failed(STARTUP).failed(STARTUP));
	}

	@Test
	void aCheckIsNotDueBeforeItsDelaySinceTheStart() {
		TestLife life = this.life.with(LIVENESS, 15, 1, 1).with(READINESS, 5, 1, 1).start().pass(100).started();
		assertDue(life.pass(4));
		assertDue(life.pass(1), READINESS);
		assertDue(life.pass(10), LIVENESS, READINESS);
		assertThat(life.lifecycle().isDue(LIVENESS, life.now().minusMillis(1))).isFalse();
	}

	@Test
	void missingCheckIsNeverDueAndHasNoEffect() {
		TestLife life = this.life.with(READINESS, 0, 1, 1).running().passed(READINESS);
		assertDue(life, READINESS);
		assertThat(life.failed(LIVENESS).failed(STARTUP).state().phase()).isEqualTo(Phase.READY);
	}

	private static void assertDue(TestLife life, CheckKind... kinds) {
		assertThat(Stream.of(CheckKind.values()).filter(life::isDue)).containsExactlyInAnyOrder(kinds);
	}

	static Stream<Arguments> lives() {
		TestLife killed = ready().failed(LIVENESS).failed(LIVENESS);
		return Stream.of(arguments(new TestLife(), Phase.STOPPED, List.of()),
				arguments(checked().start(), Phase.STOPPING, List.of(new Terminate(1, TestLife.GRACE))),
				arguments(checked().running(), Phase.STOPPING, List.of(new Terminate(1, TestLife.GRACE))),
				arguments(ready(), Phase.STOPPING, List.of(new Terminate(1, TestLife.GRACE))),
				// was told already
				arguments(killed, Phase.STOPPING, List.of()),
				arguments(ready().exited().started().exited(), Phase.STOPPED, List.of()));
	}

	@ParameterizedTest
	@MethodSource("lives")
	void stopsFromAnywhere(TestLife life, Phase next, List<LifecycleCommand> commands) {
		assertThat(life.stop().state().phase()).isEqualTo(next);
		assertThat(life.commands()).isEqualTo(commands);
		assertThat(life.lifecycle().isReady()).isFalse();
		assertDue(life);
		life.started().start().backOffOver().exited();
		assertThat(life.state().phase()).isEqualTo(Phase.STOPPED);
		assertThat(life.commands()).isEmpty();
	}

	@Test
	void isKilledIfItDoesNotEndWithinTheGracePeriod() {
		TestLife life = ready().stop().pass(30);
		assertThat(life.graceOver().commands()).containsExactly(new Kill(1));
		assertThat(life.state()).isEqualTo(LifecycleState.of(Phase.STOPPING, START));
		assertThat(life.exited().state()).isEqualTo(LifecycleState.of(Phase.STOPPED, START.plusSeconds(30)));
	}

	@Test
	void isStoppedAfterAFailedStart() {
		assertThat(this.life.start().stop().started().state().phase()).isEqualTo(Phase.STOPPING);
		assertThat(this.life.exited().state().phase()).isEqualTo(Phase.STOPPED);
	}

	static Stream<UnaryOperator<Integer>> others() {
		return Stream.of((run) -> run - 1, (run) -> run + 1);
	}

	@ParameterizedTest
	@MethodSource("others")
	void eventsOfAnotherRunAreIgnored(UnaryOperator<Integer> another) {
		TestLife life = ready().exited().started().passed(STARTUP);
		Lifecycle before = life.lifecycle();
		int run = another.apply(2);
		for (LifecycleEvent event : List.of(new LifecycleEvent.Started(run, life.now()),
				new LifecycleEvent.Exited(run, "", life.now()), new LifecycleEvent.GraceOver(run, life.now()),
				new LifecycleEvent.BackOffOver(run, life.now()),
				new LifecycleEvent.Probed(3, READINESS, new ProbeResult.Success(""), life.now()))) {
			assertThat(life.on(event).lifecycle()).isSameAs(before);
			assertThat(life.commands()).isEmpty();
		}
	}

	@Test
	void isImmutable() {
		Lifecycle before = ready().lifecycle();
		before.on(new LifecycleEvent.Exited(1, "exit code 1", START));
		assertThat(before.isReady()).isTrue();
		Map<CheckKind, ProbeResult> results = before.lastResults();
		results.clear();
		assertThat(before.lastResults()).isNotEmpty();
	}

}
