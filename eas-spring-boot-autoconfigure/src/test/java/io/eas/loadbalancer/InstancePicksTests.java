package io.eas.loadbalancer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.instance.TestInstances;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One picker a list, whoever asks at the same time.
 */
class InstancePicksTests {

	private static final TriedInstances NOTHING = new TriedInstances();

	private final List<CountingPicker> made = new ArrayList<>();

	private final TestPicks picks = new TestPicks(this::create);

	@Test
	void hasNothingToPickBeforeTheFirstList() {
		assertThat(this.picks.picks.pick(NOTHING, null)).isNull();
		assertThat(this.picks.picks.start(NOTHING, null)).isNull();
		assertThat(this.picks.picks.states()).isEmpty();
	}

	@Test
	void keepsThePickerAsLongAsTheList() {
		this.picks.pick(TestInstances.list(1));
		this.picks.pick(TestInstances.list(1));
		this.picks.pick(TestInstances.list(2));
		this.picks.pick(TestInstances.list(2));
		assertThat(this.made).extracting((picker) -> picker.picks().get()).containsExactly(2, 2);
	}

	@Test
	void knowsAnInstanceStillWhenTheListHasChangedAroundIt() {
		this.picks.take(TestInstances.instances(1, 1));
		Flight flight = this.picks.start();
		InstanceState before = this.picks.state(0);
		this.picks.pick(TestInstances.list(7, 1, 1));
		assertThat(this.picks.state(0)).isSameAs(before);
		assertThat(before.inFlight()).isEqualTo(1);
		assertThat(before.instance().weight()).isEqualTo(7);
		flight.end(Outcome.ANSWERED);
		assertThat(before.inFlight()).isZero();
	}

	@Test
	void forgetsAnInstanceThatIsGone() {
		this.picks.take(TestInstances.instances(1, 1));
		this.picks.start();
		this.picks.pick(new io.eas.instance.InstanceList(List.of(TestInstances.instance(1, 1)), java.time.Instant.EPOCH,
				io.eas.instance.InstanceList.Source.DISCOVERY));
		this.picks.pick(TestInstances.list(1, 1));
		assertThat(this.picks.state(0).inFlight()).isZero();
	}

	@Test
	void countsAnAttemptOnceHoweverOftenItEnds() {
		this.picks.take(TestInstances.instances(1));
		Flight flight = this.picks.start();
		flight.end(Outcome.ANSWERED);
		flight.end(Outcome.ABANDONED);
		assertThat(this.picks.state(0).inFlight()).isZero();
	}

	@Test
	void goesOnWithTheOldPickerWhileSomeoneMakesTheNewOne() throws Exception {
		CountDownLatch making = new CountDownLatch(1);
		CountDownLatch makingOn = new CountDownLatch(1);
		TestPicks slow = new TestPicks((candidates) -> {
			if (candidates.list().size() == 2) {
				making.countDown();
				await(makingOn);
			}
			return create(candidates);
		});
		slow.pick(TestInstances.list(1));
		slow.take(TestInstances.instances(1, 1));
		CompletableFuture<Void> maker = CompletableFuture.runAsync(slow::pick);
		await(making);
		slow.pick();
		makingOn.countDown();
		maker.get(10, TimeUnit.SECONDS);
		slow.pick();
		assertThat(this.made).extracting((picker) -> picker.picks().get()).containsExactly(2, 2);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
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
