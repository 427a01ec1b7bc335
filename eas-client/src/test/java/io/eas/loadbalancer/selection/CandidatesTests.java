package io.eas.loadbalancer.selection;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known of instances, from one list to the next.
 */
class CandidatesTests {

	@Property(tries = 300)
	void instancesThatStayKeepTheirStateAndNewOnesStartWithoutState(
			@ForAll @Size(min = 1, max = 40) Set<@IntRange(min = 0, max = 300) Integer> before,
			@ForAll @Size(min = 1, max = 40) Set<@IntRange(min = 0, max = 300) Integer> after) {
		Candidates first = TestSelector.candidates(list(before, 1));
		Map<EasInstance, InstanceState> known = first.states()
			.stream()
			.collect(Collectors.toMap(InstanceState::instance, Function.identity()));
		Candidates second = TestSelector.candidates(list(after, 2), first);
		assertThat(second.states()).extracting(InstanceState::instance).isEqualTo(second.list().instances());
		assertThat(second.states()).allSatisfy((state) -> {
			assertThat(state.instance().weight()).isEqualTo(2);
			InstanceState earlier = known.get(state.instance());
			if (earlier != null) {
				assertThat(state).isSameAs(earlier);
			}
			else {
				assertThat(known).doesNotContainValue(state);
			}
		});
	}

	private static InstanceList list(Set<Integer> indexes, int weight) {
		return new InstanceList(indexes.stream().map((index) -> TestInstances.instance(index, weight)).toList(),
				Instant.EPOCH, Source.DISCOVERY);
	}

}
