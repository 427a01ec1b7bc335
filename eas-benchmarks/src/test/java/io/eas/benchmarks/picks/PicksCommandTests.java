package io.eas.benchmarks.picks;

import io.eas.benchmarks.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PicksCommandTests {

	@Test
	@Tag("long")
	void shortFormCountsAndMeasuresPicks() {
		Run run = Run.of("picks", "-q");
		assertThat(run.out()).containsPattern("error of any W picks *\\| 0 *\\| ≤ 0 *\\| yes")
			.containsPattern("tried instances picked again *\\| 0 *\\| ≤ 0 *\\| yes")
			.containsPattern("CorePickBenchmark.armeria *\\| *\\| [0-9.,]+ ns, [0-9,]+ B")
			.containsPattern("ChooseBenchmark.springWeighted *\\| *\\| [0-9.,]+ ns, [0-9,]+ B")
			.contains("not judged");
	}

}
