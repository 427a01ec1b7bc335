package io.eas.loadbalancer.weighted;

import java.math.BigInteger;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The step that picks walk in.
 */
class GoldenRatioStrideTests {

	@Property(tries = 2000)
	void strideIsCoprimeToAnyLengthAndVisitsEveryPoint(@ForAll @LongRange(min = 1, max = 1L << 45) long length) {
		long step = GoldenRatioStride.step(length);
		assertThat(step).isBetween(1L, length);
		assertThat(BigInteger.valueOf(step).gcd(BigInteger.valueOf(length))).isEqualTo(BigInteger.ONE);
	}

	@Test
	void strideIsCoprimeToEverySmallLength() {
		for (long length = 1; length <= 5000; length++) {
			assertThat(CumulativeWeights.gcd(GoldenRatioStride.step(length), length)).as("length %d", length)
				.isEqualTo(1);
		}
	}

	@Test
	void strideIsFoundForLengthWithManyPrimeFactors() {
		long primorial = 2L * 3 * 5 * 7 * 11 * 13 * 17 * 19 * 23 * 29 * 31 * 37 * 41 * 43;
		assertThat(CumulativeWeights.gcd(GoldenRatioStride.step(primorial), primorial)).isEqualTo(1);
	}

	@Property(tries = 2000)
	void strideLeavesNoLargeGapForTypicalLengths(@ForAll @LongRange(min = 1, max = 200_000) long length) {
		long a = length;
		long b = GoldenRatioStride.step(length);
		while (b > 0) {
			assertThat(a / b).as("partial quotient").isLessThanOrEqualTo(5);
			long rest = a % b;
			a = b;
			b = rest;
		}
	}

	@Test
	void strideOfTheExampleIsFive() {
		assertThat(GoldenRatioStride.step(8)).isEqualTo(5);
	}

}
