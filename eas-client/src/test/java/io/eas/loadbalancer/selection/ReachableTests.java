package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known from outside of an instance that is ejected, and done about it.
 */
class ReachableTests {

	private static final EasInstance A = new EasInstance("10.0.0.1", 8000, 100);

	private static final EasInstance B = new EasInstance("10.0.0.2", 8000, 100);

	private static final EasInstance C = new EasInstance("10.0.0.3", 8000, 0);

	private final TestSelector selector = new TestSelector(new WeightedRoundRobin(new Random(1)),
			EjectionSettings.builder().baseTime(Duration.ofMinutes(5)).build(), Duration.ZERO, EjectionListener.NONE)
		.take(List.of(A, B, C));

	@Test
	void trialIsDueAtOnceIfInstanceAcceptsConnectionsAgain() {
		EasInstance gone = end(Outcome.UNREACHABLE, 1);
		assertThat(this.selector.picks.ejectionCause(gone)).isEqualTo(Cause.NO_CONNECTION);
		assertThat(picks(gone)).isZero();
		this.selector.picks.reachable(gone);
		// the trial and no other
		assertThat(picks(gone)).isEqualTo(1);
		assertThat(this.selector.picks.ejectionCause(gone)).isEqualTo(Cause.NO_CONNECTION);
	}

	@Test
	void connectionDoesNotAffectInstanceEjectedForFailures() {
		EasInstance failing = end(Outcome.FAILED, 6);
		assertThat(this.selector.picks.ejectionCause(failing)).isEqualTo(Cause.FAILURES);
		this.selector.picks.reachable(failing);
		assertThat(picks(failing)).isZero();
	}

	@Test
	void instanceThatIsNotListedIsNeitherEjectedNorReachable() {
		EasInstance unknown = new EasInstance("10.0.0.9", 8000, 100);
		this.selector.pick();
		assertThat(this.selector.picks.ejectionCause(unknown)).isNull();
		this.selector.picks.reachable(unknown);
		assertThat(this.selector.picks.ejectionCause(A)).isNull();
	}

	@Test
	void liveInstancesTakeTrafficAndAreNotEjected() {
		EasInstance gone = end(Outcome.UNREACHABLE, 1);
		TriedInstances tried = new TriedInstances();
		assertThat(this.selector.picks.hasLive(tried)).isTrue();
		tried.add(gone.equals(A) ? B : A);
		// there is the one that is ejected, and the one that takes no traffic
		assertThat(this.selector.picks.hasLive(tried)).isFalse();
	}

	/** Ends attempts in a way until an instance is ejected. */
	private EasInstance end(Outcome outcome, int most) {
		for (int i = 0; i < most; i++) {
			this.selector.start().end(outcome);
		}
		return this.selector.picks.states()
			.stream()
			.map(TrackedInstance::instance)
			.filter((instance) -> this.selector.picks.ejectionCause(instance) != null)
			.findFirst()
			.orElseThrow();
	}

	private long picks(EasInstance instance) {
		long count = 0;
		for (int i = 0; i < 20; i++) {
			count += this.selector.pick().equals(instance) ? 1 : 0;
		}
		return count;
	}

}
