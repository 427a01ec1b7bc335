package io.eas.instance;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * An instance is its address.
 */
class EasInstanceTests {

	@Test
	void equalityIgnoresTheWeight() {
		EasInstance light = new EasInstance("10.0.0.1", 8501, 1);
		EasInstance heavy = new EasInstance("10.0.0.1", 8501, 1000);
		assertThat(light).isEqualTo(heavy).hasSameHashCodeAs(heavy).isEqualByComparingTo(heavy);
	}

	@Test
	void equalityIncludesHostAndPort() {
		EasInstance instance = new EasInstance("10.0.0.1", 8501, 100);
		assertThat(instance).isNotEqualTo(new EasInstance("10.0.0.2", 8501, 100))
			.isNotEqualTo(new EasInstance("10.0.0.1", 8502, 100))
			.isNotEqualTo("10.0.0.1:8501");
	}

	@Test
	void ordersByHostAndThenByPort() {
		EasInstance first = new EasInstance("10.0.0.1", 9000, 1);
		EasInstance second = new EasInstance("10.0.0.2", 8000, 1);
		EasInstance third = new EasInstance("10.0.0.2", 10000, 1);
		assertThat(Stream.of(third, second, first).sorted()).containsExactly(first, second, third);
	}

	@Test
	void writesAnIpv6AddressInBrackets() {
		assertThat(new EasInstance("2001:db8::1", 80, 7).address()).isEqualTo("[2001:db8::1]:80");
		assertThat(new EasInstance("10.0.0.1", 80, 7)).hasToString("10.0.0.1:80;7");
	}

	@Test
	void acceptsSmallestAndLargestPortAndWeight() {
		assertThat(new EasInstance("a", 1, 0).weight()).isZero();
		assertThat(new EasInstance("a", 65535, Integer.MAX_VALUE).port()).isEqualTo(65535);
	}

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 65536, Integer.MAX_VALUE })
	void rejectsInvalidPort(int port) {
		assertThatIllegalArgumentException().isThrownBy(() -> new EasInstance("10.0.0.1", port, 100))
			.withMessage("port must be between 1 and 65535, was " + port);
	}

	@Test
	void refusesANegativeWeight() {
		assertThatIllegalArgumentException().isThrownBy(() -> new EasInstance("10.0.0.1", 80, -1))
			.withMessage("weight must not be negative, was -1");
	}

	@Test
	void refusesAnEmptyHost() {
		assertThatIllegalArgumentException().isThrownBy(() -> new EasInstance("", 80, 1))
			.withMessage("host must not be empty");
	}

}
