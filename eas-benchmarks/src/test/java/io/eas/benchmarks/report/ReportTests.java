package io.eas.benchmarks.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTests {

	private final StringWriter out = new StringWriter();

	@Test
	void oneMissedTargetFailsTheRun() {
		Report report = new Report(new PrintWriter(this.out), true, null);
		report.targets(List.of(Target.countAtMost("failed calls", 0, 0), Target.throughputAtLeast("rate", 0.5, 0.9)));
		assertThat(report.finish()).isEqualTo(1);
		assertThat(this.out.toString()).containsPattern("failed calls *\\| 0 *\\| ≤ 0 *\\| yes")
			.containsPattern("rate *\\| 0.500 *\\| ≥ 0.900 *\\| NO");
	}

	@Test
	void speedTargetsDoNotFailAShortRun() {
		Report report = new Report(new PrintWriter(this.out), false, null);
		report.targets(List.of(Target.throughputAtLeast("rate", 0.5, 0.9), Target.costAtMost("time", 2, 1)));
		assertThat(report.finish()).isZero();
		assertThat(this.out.toString()).contains("not judged").doesNotContain("NO");
	}

	@Test
	void countTargetsFailAShortRunToo() {
		Report report = new Report(new PrintWriter(this.out), false, null);
		report.targets(List.of(Target.countAtMost("failed calls", 1, 0)));
		assertThat(report.finish()).isEqualTo(1);
	}

	@Test
	void nanMissesItsTarget() {
		assertThat(Target.costAtMost("time", Double.NaN, 1).isMet()).isFalse();
		assertThat(Target.throughputAtLeast("rate", Double.NaN, 0).isMet()).isFalse();
	}

	@Test
	void tableHasItsTitle() {
		Report report = new Report(new PrintWriter(this.out), true, null);
		report.table("Some numbers", new Table("n").row(1));
		assertThat(report.finish()).isZero();
		assertThat(this.out.toString()).contains("### Some numbers").contains("| 1 |").doesNotContain("Targets");
	}

}
