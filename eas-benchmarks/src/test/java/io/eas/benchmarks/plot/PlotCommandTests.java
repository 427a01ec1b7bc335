package io.eas.benchmarks.plot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.eas.benchmarks.Run;
import io.eas.benchmarks.report.Figure;
import io.eas.benchmarks.report.Figure.Mark;
import io.eas.benchmarks.report.Figure.Series;
import io.eas.benchmarks.report.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * From a file of results to its plots.
 */
class PlotCommandTests {

	@TempDir
	private Path directory;

	@Test
	void linesAreDrawnWithTheirAxesAndMarks() throws Exception {
		assertThat(drawn(new Figure("lines", "Throughput", "seconds", "calls per second", List.of(),
				List.of(new Series("EasClient", List.of(-1.0, 0.0, 1.0), List.of(900.0, 800.0, 950.0))),
				List.of(new Mark("fault", 0)))))
			.contains("role=\"img\"", "Throughput", "seconds", "calls per second", "EasClient", "fault");
	}

	@Test
	void barsAreDrawnByCategory() throws Exception {
		assertThat(drawn(new Figure("bars", "Time to first token", "", "seconds", List.of("round robin", "oracle"),
				List.of(new Series("median", List.of(), List.of(4.65, 1.6))), List.of())))
			.contains("Time to first token", "round robin", "oracle", "median", "4.65", "1.6");
	}

	/** Text stays text, so that it can be searched and the file is small. */
	private String drawn(Figure figure) throws Exception {
		Path results = this.directory.resolve("results.json");
		new Figures(List.of(figure)).write(results);
		Path plots = this.directory.resolve("plots");
		Run run = Run.of("plot", results.toString(), "--to", plots.toString());
		assertThat(run.status()).as(run.err()).isZero();
		Path file = plots.resolve(figure.name() + ".svg");
		assertThat(run.out()).contains(file.toString());
		assertThat(Files.size(file)).isLessThan(50_000);
		return Files.readString(file);
	}

	@Test
	void valuesThatDoNotFitTogetherAreRefused() {
		Series series = new Series("EasClient", List.of(1.0, 2.0), List.of(900.0));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Figure("lines", "Throughput", "s", "calls", List.of(), List.of(series), List.of()))
			.withMessage("the series EasClient of the figure lines has 1 values, expected 2");
	}

	@Test
	void aFileWithoutResultsIsNamed() throws Exception {
		Run missing = Run.of("plot", this.directory.resolve("none.json").toString());
		assertThat(missing.status()).isEqualTo(2);
		assertThat(missing.err()).contains("there is no file ", "none.json");
		Path other = Files.writeString(this.directory.resolve("other.json"), "{\"figures\": 3}");
		Run wrong = Run.of("plot", other.toString());
		assertThat(wrong.status()).isEqualTo(2);
		assertThat(wrong.err()).contains("other.json is no file of results; write one with --results");
	}

}
