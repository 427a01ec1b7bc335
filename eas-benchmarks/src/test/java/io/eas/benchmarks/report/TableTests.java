package io.eas.benchmarks.report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TableTests {

	@Test
	void isMarkdownWithColumnsOfOneWidth() {
		assertThat(new Table("who", "n").row("a|b", 12)).hasToString("""
				| who  | n  |
				| ---- | -- |
				| a\\|b | 12 |
				""".replace("\n", System.lineSeparator()));
	}

	@Test
	void aRowOfAnotherWidthIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Table("who", "n").row("a"))
			.withMessage("a row has 2 cells, not 1");
	}

	@Test
	void tableWithHeadersOnlyIsEmpty() {
		assertThat(new Table("who").isEmpty()).isTrue();
		assertThat(new Table("who").row("a").isEmpty()).isFalse();
	}

}
