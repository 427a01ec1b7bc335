package io.eas.sample.app.walkthrough;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TallyTests {

	private final Tally tally = new Tally();

	@Test
	void isGoodIfAllAreAnsweredAndNearlyAllRight() {
		add(95, true);
		add(5, false);
		assertThat(this.tally.isGood(100)).isTrue();
	}

	@Test
	void isNotGoodWithTooManyWrongAnswers() {
		add(94, true);
		add(6, false);
		assertThat(this.tally.isGood(100)).isFalse();
	}

	@Test
	void isNotGoodWithAFailedCall() {
		add(99, true);
		this.tally.add(new Outcome(false, "", 3, "mnist: no connection"));
		assertThat(this.tally.isGood(100)).isFalse();
		assertThat(this.tally.retries()).isEqualTo(2);
		assertThat(report()).contains("failed calls   1").contains("failed: mnist: no connection");
	}

	@Test
	void isNotGoodWithAMissingAnswer() {
		add(99, true);
		assertThat(this.tally.isGood(100)).isFalse();
		assertThat(new Tally().isGood(200)).isFalse();
	}

	private void add(int count, boolean right) {
		for (int i = 0; i < count; i++) {
			this.tally.add(new Outcome(right, "127.0.0.1:1", 1, null));
		}
	}

	private String report() {
		return Report.of(this.tally, List.of(new Row("127.0.0.1:1", 1, "")), Duration.ofSeconds(1));
	}

}
