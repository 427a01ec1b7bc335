package io.eas.loadbalancer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.TestInstances;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One picker a list, whoever asks at the same time.
 */
class InstancePicksTests {

	private static final TriedInstances NOTHING = new TriedInstances();

	private final InstanceList list = TestInstances.list(1);

	private final InstanceList other = TestInstances.list(1);

	private final List<CountingPicker> made = new ArrayList<>();

	@Test
	void keepsThePickerAsLongAsTheList() {
		InstancePicks picks = new InstancePicks(this::create);
		picks.pick(this.list, NOTHING);
		picks.pick(this.list, NOTHING);
		picks.pick(this.other, NOTHING);
		picks.pick(this.other, NOTHING);
		assertThat(this.made).extracting((picker) -> picker.picks().get()).containsExactly(2, 2);
	}

	@Test
	void usesOneOfTwoPickersMadeForAListAtOnce() {
		Race race = new Race(this.list);
		race.picks.pick(this.list, NOTHING);
		race.picks.pick(this.list, NOTHING);
		assertThat(this.made).extracting((picker) -> picker.picks().get()).containsExactly(3, 0);
	}

	@Test
	void doesNotPickFromTheListOfSomeoneWhoWasFaster() {
		Race race = new Race(this.other);
		race.picks.pick(this.list, NOTHING);
		race.picks.pick(this.other, NOTHING);
		assertThat(this.made).extracting(CountingPicker::list).containsExactly(this.other, this.list);
		assertThat(this.made).extracting((picker) -> picker.picks().get()).containsExactly(2, 1);
	}

	private CountingPicker create(InstanceList list) {
		CountingPicker picker = new CountingPicker(list, new AtomicInteger());
		this.made.add(picker);
		return picker;
	}

	/** While a picker is being made, someone else picks, and is faster. */
	private final class Race {

		private final InstanceList faster;

		private final InstancePicks picks = new InstancePicks(this::create);

		private boolean begun;

		Race(InstanceList faster) {
			this.faster = faster;
		}

		private InstancePicker create(InstanceList list) {
			if (!this.begun) {
				this.begun = true;
				this.picks.pick(this.faster, NOTHING);
			}
			return InstancePicksTests.this.create(list);
		}

	}

	/**
	 * Counts its picks.
	 *
	 * @param list the list
	 * @param picks the number of picks
	 */
	private record CountingPicker(InstanceList list, AtomicInteger picks) implements InstancePicker {

		@Override
		public EasInstance pick(TriedInstances tried) {
			this.picks.incrementAndGet();
			return this.list.instances().get(0);
		}

	}

}
