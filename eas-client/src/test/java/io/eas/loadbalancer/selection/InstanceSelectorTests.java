package io.eas.loadbalancer.selection;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * One picker a list, whoever asks at the same time.
 */
@ExtendWith(OutputCaptureExtension.class)
class InstanceSelectorTests {

	private static final TriedInstances NOTHING = new TriedInstances();

	private static final InstanceList LONG = TestInstances.list(new int[65]);

	private final List<CountingPicker> made = new ArrayList<>();

	private final TestSelector picks = new TestSelector(this::create);

	@Test
	void nothingIsPickedBeforeTheFirstList() {
		assertThat(this.picks.picks.pick(NOTHING, null, true)).isNull();
		assertThat(this.picks.picks.start(NOTHING, null)).isNull();
		assertThat(this.picks.picks.states()).isEmpty();
	}

	@Test
	void pickerIsKeptAsLongAsTheList() {
		this.picks.pick(TestInstances.list(1));
		this.picks.pick(TestInstances.list(1));
		this.picks.pick(TestInstances.list(2));
		this.picks.pick(TestInstances.list(2));
		assertThat(this.made).extracting((picker) -> picker.picks().get()).containsExactly(2, 2);
	}

	@Test
	void instanceKeepsItsStateWhenTheListChanges() {
		this.picks.take(TestInstances.instances(1, 1));
		TrackedAttempt flight = this.picks.start();
		InstanceState before = this.picks.state(0);
		this.picks.pick(TestInstances.list(7, 1, 1));
		assertThat(this.picks.state(0)).isSameAs(before);
		assertThat(before.inFlight()).isEqualTo(1);
		assertThat(before.instance().weight()).isEqualTo(7);
		flight.end(Outcome.ANSWERED);
		assertThat(before.inFlight()).isZero();
	}

	@Test
	void removedInstanceLosesItsState() {
		this.picks.take(TestInstances.instances(1, 1));
		this.picks.start();
		this.picks.pick(new InstanceList(List.of(TestInstances.instance(1, 1)), java.time.Instant.EPOCH,
				io.eas.instance.InstanceList.Source.DISCOVERY));
		this.picks.pick(TestInstances.list(1, 1));
		assertThat(this.picks.state(0).inFlight()).isZero();
	}

	@Test
	void attemptIsCountedOnceHoweverOftenItEnds() {
		this.picks.take(TestInstances.instances(1));
		TrackedAttempt flight = this.picks.start();
		flight.end(Outcome.ANSWERED);
		flight.end(Outcome.CANCELLED);
		assertThat(this.picks.state(0).inFlight()).isZero();
	}

	@Test
	void firstPickAfterAChangeIsFromTheNewListWhateverItsSize() {
		TestSelector quiet = new TestSelector(this::create);
		quiet.pick(LONG);
		quiet.take(TestInstances.instances(new int[130]).subList(65, 130));
		assertThat(TestSelector.index(quiet.pick())).isGreaterThanOrEqualTo(65);
		quiet.take(TestInstances.instances(1));
		assertThat(TestSelector.index(quiet.pick())).isZero();
	}

	@Test
	void noPickerIsCreatedBeforeTheFirstCall() {
		this.picks.take(TestInstances.instances(1));
		this.picks.take(TestInstances.instances(1, 1));
		assertThat(this.made).isEmpty();
		this.picks.pick();
		assertThat(this.made).hasSize(1);
	}

	@Test
	void previousPickerIsUsedUntilTheNewOneOfALongListIsReady() {
		Deque<Runnable> renewals = new ArrayDeque<>();
		TestSelector later = new TestSelector(this::create, renewals::add);
		later.pick(TestInstances.list(1));
		later.pick(LONG);
		later.pick();
		assertThat(renewals).hasSize(1);
		renewals.remove().run();
		later.pick();
		assertThat(this.made).extracting((picker) -> picker.picks().get()).containsExactly(3, 1);
		later.pick(TestInstances.list(1));
		assertThat(renewals).isEmpty();
		assertThat(this.made).hasSize(3);
	}

	@Test
	void previousPickerIsUsedIfTheExecutorIsShutDown() {
		TestSelector stopped = new TestSelector(this::create, (renewal) -> {
			throw new RejectedExecutionException();
		});
		stopped.pick(TestInstances.list(1));
		stopped.pick(LONG);
		stopped.pick();
		assertThat(this.made).extracting((picker) -> picker.picks().get()).containsExactly(3);
	}

	@Test
	void previousPickerIsUsedWhileAnotherThreadCreatesTheNewOne() {
		TestSelector[] busy = new TestSelector[1];
		busy[0] = new TestSelector((candidates) -> {
			if (candidates.list().size() == 2) {
				busy[0].pick();
			}
			return create(candidates);
		});
		busy[0].pick(TestInstances.list(1));
		busy[0].pick(TestInstances.list(1, 1));
		assertThat(this.made).extracting((picker) -> picker.picks().get()).containsExactly(2, 1);
	}

	@Test
	void previousPickerIsUsedIfTheAlgorithmFailsUntilTheNextList(CapturedOutput output) {
		AtomicInteger tries = new AtomicInteger();
		TestSelector failing = new TestSelector((candidates) -> {
			tries.incrementAndGet();
			if (candidates.list().size() == 2) {
				throw new IllegalStateException("two are too many");
			}
			return create(candidates);
		});
		failing.pick(TestInstances.list(1));
		failing.pick(TestInstances.list(1, 1));
		failing.pick();
		assertThat(failing.picks.states()).hasSize(1);
		assertThat(tries).hasValue(2);
		assertThat(output.toString().lines().filter((line) -> line.contains("ERROR"))).singleElement()
			.satisfies((line) -> assertThat(line).endsWith("test: InstancePicker.Factory failed for the new "
					+ "list of 2 instance(s); keeping the previous picker"));
		failing.pick(TestInstances.list(1, 1, 1));
		assertThat(failing.picks.states()).hasSize(3);
	}

	@Test
	void pickFailsIfTheAlgorithmFailsForTheFirstList() {
		TestSelector failing = new TestSelector((candidates) -> {
			throw new IllegalStateException("no");
		});
		failing.take(TestInstances.instances(1));
		assertThatIllegalStateException().isThrownBy(failing::pick).withMessageEndingWith(": no");
	}

	@Test
	void nullFromAFactoryIsExplained() {
		TestSelector failing = new TestSelector((candidates) -> null);
		failing.take(TestInstances.instances(1));
		assertThatIllegalStateException().isThrownBy(failing::pick)
			.withMessageEndingWith("InstancePicker.Factory returned null");
	}

	@Test
	void previousPickerIsUsedIfTheAlgorithmThrowsAnError() {
		TestSelector failing = new TestSelector((candidates) -> {
			if (candidates.states().size() > 1) {
				throw new NoClassDefFoundError("no");
			}
			return (tried, hashKey) -> candidates.states().get(0);
		});
		assertThat(failing.pick(TestInstances.list(1))).isEqualTo(TestInstances.instance(0, 1));
		assertThat(failing.pick(TestInstances.list(1, 1))).isEqualTo(TestInstances.instance(0, 1));
	}

	@Test
	void algorithmMayBeSharedBySelectors() {
		WeightedRoundRobin shared = new WeightedRoundRobin(new Random(1));
		TestSelector one = new TestSelector(shared);
		TestSelector other = new TestSelector(shared);
		one.pick(TestInstances.list(1, 1));
		other.pick(TestInstances.list(3, 1, 2));
		assertThat(one.pick(TestInstances.list(1))).isEqualTo(TestInstances.instance(0, 1));
		int[] counts = new int[3];
		IntStream.range(0, 600).forEach((n) -> counts[TestSelector.index(other.pick())]++);
		assertThat(counts).containsExactly(300, 100, 200);
	}

	private CountingPicker create(Candidates candidates) {
		CountingPicker picker = new CountingPicker(candidates, new AtomicInteger());
		this.made.add(picker);
		return picker;
	}

	/**
	 * Counts its picks.
	 *
	 * @param candidates the instances
	 * @param picks the number of picks
	 */
	private record CountingPicker(Candidates candidates, AtomicInteger picks) implements InstancePicker {

		@Override
		public InstanceState pick(TriedInstances tried, @Nullable String hashKey) {
			this.picks.incrementAndGet();
			return this.candidates.states().get(0);
		}

	}

}
