package io.eas.emulator.lifecycle;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.probe.ProbeResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From results to verdicts: s succeeded, f failed, d discarded; U, S and F are the
 * verdicts after each.
 */
class ThresholdTests {

	@ParameterizedTest
	@CsvSource({ // kind, successes, failures, results, verdicts
			"READINESS, 2, 3, sfssffsffffs, FFFSSSSSSFFF", "READINESS, 1, 1, sfsf, SFSF",
			"LIVENESS, 1, 3, ffsfff, SSSSSF", "LIVENESS, 2, 1, fsfss, FFFFS", "LIVENESS, 2, 2, ffsfss, SFFFFS",
			"STARTUP, 1, 3, ffs, UUS", "STARTUP, 2, 3, sfsfff, UUUUUF", "READINESS, 2, 2, sdsfdf, FFSSSF",
			"LIVENESS, 1, 2, dfddf, SSSSF", "STARTUP, 1, 1, dddf, UUUF", "READINESS, 0, 0, fsf, FSF" })
	void countsEqualResultsInARow(CheckKind kind, int successes, int failures, String results, String verdicts) {
		Threshold threshold = new Threshold(successes, failures);
		ConsecutiveResults tally = ConsecutiveResults.of(kind);
		StringBuilder came = new StringBuilder();
		for (int i = 0; i < results.length(); i++) {
			tally = tally.with(result(results.charAt(i)), threshold);
			came.append(tally.verdict().name().charAt(0));
		}
		assertThat(came).hasToString(verdicts);
	}

	private static ProbeResult result(char letter) {
		return switch (letter) {
			case 's' -> new ProbeResult.Success("fine");
			case 'f' -> new ProbeResult.Failure("broken");
			default -> new ProbeResult.Discarded("lost");
		};
	}

}
