package io.eas.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.eas.instance.EasInstance;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListingTests {

	private final OurPolls polls = new OurPolls();

	private final Listing listing = new Listing(1000);

	@Test
	void listsTheGivenNumberOfInstances() {
		assertThat(Set.copyOf(read(this.listing.of(0)))).hasSize(1000);
	}

	@Test
	void anotherNetworkHasOtherInstances() {
		assertThat(read(this.listing.of(1))).doesNotContainAnyElementsOf(read(this.listing.of(2)));
	}

	@Test
	void oneInstanceIsReplaced() {
		List<EasInstance> replaced = read(this.listing.with(0, 500));
		assertThat(replaced).hasSize(1000);
		replaced.removeAll(read(this.listing.of(0)));
		assertThat(replaced).hasSize(1);
	}

	private List<EasInstance> read(byte[] answer) {
		return new ArrayList<>(this.polls.instances(this.polls.tree(answer)));
	}

}
