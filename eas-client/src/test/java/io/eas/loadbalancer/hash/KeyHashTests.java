package io.eas.loadbalancer.hash;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The hash of a key.
 */
class KeyHashTests {

	private static final int KEYS = 100_000;

	@Test
	void fnvMatchesPublishedValues() {
		assertThat(KeyHash.fnv("")).isEqualTo(0xcbf29ce484222325L);
		assertThat(KeyHash.fnv("a")).isEqualTo(0xaf63dc4c8601ec8cL);
		assertThat(KeyHash.fnv("foobar")).isEqualTo(0x85944171f73967e8L);
	}

	@Test
	void sequenceMatchesSplitMix() {
		assertThat(KeyHash.next(0)).isEqualTo(0xe220a8397b1dcdafL);
	}

	/** If one of these changes, clients of two versions no longer agree on owners. */
	@Test
	void hashIsStableAcrossVersions() {
		assertThat(KeyHash.of("")).isEqualTo(0xf52a15e9a9b5e89bL);
		assertThat(KeyHash.of("session-1")).isEqualTo(0x8f9d4a83e2384785L);
		assertThat(KeyHash.of("\u4f1a\u8bdd\ud83d\ude00")).isEqualTo(0x0b7a1e2f5d967f86L);
	}

	static List<IntFunction<String>> keys() {
		return List.of(Integer::toString, (i) -> "session-" + i, (i) -> "%08x-0000-4000-8000-000000000000".formatted(i),
				(i) -> "You are a helpful assistant. ".repeat(20) + (char) ('a' + i % 26) + i / 26,
				(i) -> i + ".example.com");
	}

	@ParameterizedTest
	@MethodSource("keys")
	void similarKeysAreSpreadLikeRandomOnes(IntFunction<String> keys) {
		assertThat(chiSquare(IntStream.range(0, KEYS).mapToObj(keys).mapToLong(KeyHash::of))).isBetween(800.0, 1250.0);
	}

	@Test
	void sequenceIsSpreadLikeRandomNumbers() {
		assertThat(chiSquare(LongStream.iterate(7, KeyHash::next).skip(1).limit(KEYS))).isBetween(800.0, 1250.0);
	}

	/** Of the 10 highest bits: 1023 on average, with a standard deviation of 45. */
	private static double chiSquare(LongStream hashes) {
		int[] counts = new int[1024];
		hashes.forEach((hash) -> counts[(int) (hash >>> 54)]++);
		double expected = KEYS / 1024.0;
		return Arrays.stream(counts).mapToDouble((count) -> (count - expected) * (count - expected) / expected).sum();
	}

}
