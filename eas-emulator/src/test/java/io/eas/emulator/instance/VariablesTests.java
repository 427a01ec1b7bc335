package io.eas.emulator.instance;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Variables in arguments, as in the tests of Kubernetes' expansion.
 */
class VariablesTests {

	private static final Map<String, String> VARIABLES = Map.of("A", "1", "B", "$(A)", "C_D", "x$1\\\\y");

	@ParameterizedTest
	@CsvSource({ "$(A), 1", "a$(A)b$(A), a1b1", "$(B), $(A)", "$(C_D), x$1\\\\y", "$(NONE), $(NONE)", "$$(A), $(A)",
			"$$$(A), $1", "$$$$(A), $$(A)", "$A, $A", "${A}, ${A}", "$(A, $(A", "a$, a$", "$(), $()" })
	void variablesAreExpandedAsByTheKubelet(String text, String expanded) {
		assertThat(Variables.byKubelet(text, VARIABLES)).isEqualTo(expanded);
	}

	@ParameterizedTest
	@CsvSource({ "$A, 1", "${A}/$A, 1/1", "$AB, $AB", "$(A), $(A)", "${A:-2}, ${A:-2}" })
	void variablesAreExpandedAsByAShell(String text, String expanded) {
		assertThat(Variables.byShell(text, VARIABLES)).isEqualTo(expanded);
	}

}
