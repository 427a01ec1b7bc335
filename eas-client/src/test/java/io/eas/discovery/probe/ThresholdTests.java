package io.eas.discovery.probe;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From results to verdicts: U, P and F are the verdicts after each.
 */
class ThresholdTests {

	@ParameterizedTest
	@CsvSource({ // successes, failures, results, verdicts
			"2, 3, sfssffsffffs, UUUPPPPPPFFF", "1, 1, sfsf, PFPF", "1, 3, fffsfffs, UUFPPPFP", "2, 1, fsfss, FFFFP",
			"2, 2, sdsfdf, UUPPPF", "1, 2, dfddf, UUUUF", "1, 1, dddf, UUUF", "3, 3, ssfssfsss, UUUUUUUUP" })
	void equalConsecutiveResultsAreCounted(int successes, int failures, String results, String verdicts) {
		Threshold threshold = new Threshold(successes, failures);
		Tally tally = Tally.EMPTY;
		StringBuilder came = new StringBuilder();
		for (ProbeResult result : Results.of(results)) {
			tally = tally.with(result, threshold);
			came.append(tally.verdict().name().charAt(0));
		}
		assertThat(came).hasToString(verdicts);
	}

	@Test
	void tallyContainsTheReason() {
		assertThat(Tally.EMPTY.reason()).isEqualTo("not checked yet");
		assertThat(Results.tally("s").reason()).isEqualTo("fine");
		assertThat(Results.tally("ss").reason()).isEqualTo("fine");
		assertThat(Results.tally("f").reason()).isEqualTo("broken");
		assertThat(Results.tally("sfff").reason()).isEqualTo("3 times in a row, the last: broken");
		assertThat(Results.tally("d").reason()).isEqualTo("lost");
	}

	@Test
	void stateContainsVerdictAndLastResult() {
		assertThat(Tally.EMPTY.state()).isEqualTo(new ProbeState(Verdict.UNPROVEN, null));
		assertThat(Results.tally("sf").state()).isEqualTo(new ProbeState(Verdict.FAILING, "broken"));
		assertThat(Results.tally("sd").state()).isEqualTo(new ProbeState(Verdict.PASSING, "lost"));
	}

}
