package io.eas.loadbalancer.weighted;

import java.util.Arrays;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of numbers, spread evenly or not.
 */
class BucketSortTests {

	@Property(tries = 500)
	void sortsLikeArraysSort(@ForAll @Size(min = 1, max = 300) long[] numbers) {
		long[] given = numbers.clone();
		long[] expected = numbers.clone();
		Arrays.sort(expected);
		assertThat(BucketSort.sorted(numbers)).containsExactly(expected);
		assertThat(numbers).containsExactly(given);
	}

	@Test
	void sortsNumbersThatAllFallIntoOneBucket() {
		assertThat(BucketSort.sorted(new long[] { 3, 1, 2, 1, 0 })).containsExactly(0, 1, 1, 2, 3);
	}

	@Test
	void sortsLeastAndGreatestLong() {
		assertThat(BucketSort.sorted(new long[] { Long.MAX_VALUE, 0, -1, Long.MIN_VALUE }))
			.containsExactly(Long.MIN_VALUE, -1, 0, Long.MAX_VALUE);
	}

}
