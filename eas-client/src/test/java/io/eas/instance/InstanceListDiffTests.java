package io.eas.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.eas.instance.InstanceListDiff.Step;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What two lists have in common, and what one has alone.
 */
class InstanceListDiffTests {

	private final List<String> steps = new ArrayList<>();

	@Test
	void distinguishesSameObjectsFromNewOnesWithTheSameAddress() {
		List<EasInstance> before = TestInstances.instances(1, 1, 1, 1);
		List<EasInstance> after = List.of(before.get(0), before.get(1), TestInstances.instance(2, 5),
				TestInstances.instance(4, 1));
		walk(before, after);
		assertThat(this.steps).containsExactly("SAME 0 0 2", "RENEWED 2 2 1", "GONE 3", "ENTERED 3");
	}

	@Test
	void staysAtTheEnd() {
		InstanceListDiff walk = new InstanceListDiff(List.of(), List.of());
		assertThat(walk.next()).isEqualTo(Step.END);
		assertThat(walk.next()).isEqualTo(Step.END);
	}

	@Property(tries = 500)
	void visitsEachInstanceOfBothOnce(@ForAll @Size(max = 30) Set<@IntRange(min = 0, max = 40) Integer> indexesBefore,
			@ForAll @Size(max = 30) Set<@IntRange(min = 0, max = 40) Integer> indexesAfter,
			@ForAll @Size(max = 30) Set<@IntRange(min = 0, max = 40) Integer> renewed) {
		List<EasInstance> all = TestInstances.instances(new int[41]);
		List<EasInstance> before = indexesBefore.stream().map(all::get).sorted().toList();
		List<EasInstance> after = indexesAfter.stream()
			.map((index) -> renewed.contains(index) ? TestInstances.instance(index, 0) : all.get(index))
			.sorted()
			.toList();
		List<EasInstance> seenBefore = new ArrayList<>();
		List<EasInstance> seenAfter = new ArrayList<>();
		InstanceListDiff walk = new InstanceListDiff(before, after);
		for (Step step = walk.next(); step != Step.END; step = walk.next()) {
			List<EasInstance> these = (step != Step.ENTERED) ? part(before, walk.indexBefore(), walk.length())
					: List.of();
			List<EasInstance> those = (step != Step.GONE) ? part(after, walk.indexAfter(), walk.length()) : List.of();
			seenBefore.addAll(these);
			seenAfter.addAll(those);
			switch (step) {
				case SAME -> assertThat(these).usingElementComparator((a, b) -> (a == b) ? 0 : 1).isEqualTo(those);
				case RENEWED -> assertThat(these.get(0)).isEqualTo(those.get(0)).isNotSameAs(those.get(0));
				case GONE -> assertThat(after).doesNotContainAnyElementsOf(these);
				default -> assertThat(before).doesNotContainAnyElementsOf(those);
			}
		}
		assertThat(seenBefore).isEqualTo(before);
		assertThat(seenAfter).isEqualTo(after);
	}

	private static List<EasInstance> part(List<EasInstance> list, int from, int length) {
		return list.subList(from, from + length);
	}

	private void walk(List<EasInstance> before, List<EasInstance> after) {
		InstanceListDiff walk = new InstanceListDiff(before, after);
		for (Step step = walk.next(); step != Step.END; step = walk.next()) {
			this.steps.add(switch (step) {
				case GONE -> step + " " + walk.indexBefore();
				case ENTERED -> step + " " + walk.indexAfter();
				default -> step + " " + walk.indexBefore() + " " + walk.indexAfter() + " " + walk.length();
			});
		}
	}

}
