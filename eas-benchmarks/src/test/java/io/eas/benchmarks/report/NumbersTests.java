package io.eas.benchmarks.report;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NumbersTests {

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "12345.6 12,346", "123.4 123", "12.34 12.3", "1.234 1.23", "0.1234 0.123",
			"7 7", "-1.5 -1.50", "NaN NaN" })
	void fractionsAreShownWithThreeDigits(double number, String shown) {
		assertThat(Numbers.shown(number)).isEqualTo(shown);
	}

	@Test
	void countsAreShownWithAllDigits() {
		assertThat(Numbers.shown(1_234_567L)).isEqualTo("1,234,567");
	}

	@Test
	void failuresAreCountedByKind() {
		assertThat(Numbers.shown(new TreeMap<>(Map.of("Reset", 1234L, "Late", 1L)))).isEqualTo("1 Late, 1,234 Reset");
		assertThat(Numbers.shown(Map.of())).isEqualTo("0");
	}

}
