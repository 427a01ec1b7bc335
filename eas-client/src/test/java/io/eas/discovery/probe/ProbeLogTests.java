package io.eas.discovery.probe;

import java.util.List;
import java.util.stream.IntStream;

import io.eas.instance.TestInstances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written of many changes at once, and of those that somebody should look at.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProbeLogTests {

	private final ProbeLog log = new ProbeLog("mnist");

	@Test
	void passingAndFailingInstancesAreLoggedSeparately(CapturedOutput output) {
		this.log.changed(List.of(change(1, "s"), change(2, "ff"), change(3, "s"), change(4, "f")));
		assertThat(output.toString().lines()).satisfiesExactly(
				(line) -> assertThat(line).contains("INFO")
					.endsWith("mnist: 2 instance(s) pass the probe: 10.0.0.1:8501 (fine), 10.0.0.3:8501 (fine)"),
				(line) -> assertThat(line).contains("WARN")
					.endsWith(
							"mnist: 2 instance(s) fail the probe: 10.0.0.2:8501 (2 times in a row, the last: broken), "
									+ "10.0.0.4:8501 (broken)"));
	}

	@Test
	void onlyFirstInstancesAreNamed(CapturedOutput output) {
		this.log.changed(IntStream.range(0, 1000).mapToObj((i) -> change(i, "s")).toList());
		assertThat(output).contains("mnist: 1000 instance(s) pass the probe: 10.0.0.0:8501 (fine), ")
			.contains("10.0.0.19:8501 (fine) and 980 more")
			.doesNotContain("10.0.0.20:8501");
	}

	@Test
	void dubiousSuccessIsLoggedAsWarning(CapturedOutput output) {
		Tally redirected = Tally.EMPTY.with(new ProbeResult.Passed("GET / was redirected to another host", true),
				new Threshold(1, 1));
		this.log.changed(List.of(new Change(TestInstances.instance(1, 1), Tally.EMPTY, redirected)));
		assertThat(output).contains("WARN")
			.contains("mnist: 1 instance(s) pass the probe, it seems: 10.0.0.1:8501 (GET / was redirected to another "
					+ "host)");
	}

	@Test
	void resultThatChangesNoVerdictIsNotLogged(CapturedOutput output) {
		this.log.changed(List.of(new Change(TestInstances.instance(1, 1), Results.tally("s"), Results.tally("ss"))));
		assertThat(output.toString()).isEmpty();
	}

	private static Change change(int index, String letters) {
		return new Change(TestInstances.instance(index, 1), Tally.EMPTY, Results.tally(letters));
	}

}
