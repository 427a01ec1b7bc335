package io.eas.benchmarks.faults;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

import io.eas.benchmarks.faults.Throughput.Timeline;
import io.eas.benchmarks.report.Report;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FaultTableTests {

	@Test
	void whatWasMeasuredTooShortlyToBePlottedStaysInTheTable() {
		FaultTable table = new FaultTable("test");
		table.row("refuse", "one instance refuses", "this client", observation(new Timeline(List.of(), List.of(), 0)));
		table.row("refuse", "", "another", observation(new Timeline(List.of(0.1), List.of(5.0), 1)));
		StringWriter out = new StringWriter();
		table.print("Faults", new Report(new PrintWriter(out), false, null));
		assertThat(out.toString()).contains("| refuse: one instance refuses | this client ", "| another ")
			.contains("Not plotted, since it was measured too shortly: refuse, this client.");
	}

	private static Observation observation(Timeline timeline) {
		return new Observation(1, Map.of(), 0, 1, 1, 1, 1, 1, 1, 1, 1, timeline);
	}

}
