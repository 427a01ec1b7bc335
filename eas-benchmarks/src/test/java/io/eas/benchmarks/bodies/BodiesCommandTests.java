package io.eas.benchmarks.bodies;

import io.eas.benchmarks.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BodiesCommandTests {

	@Test
	@Tag("long")
	void shortFormCarriesBodiesWithBackpressure() {
		Run run = Run.of("bodies", "-q", "--variants=raw,eas", "--callers=2");
		assertThat(run.status()).as(run.out()).isZero();
		assertThat(run.out()).containsPattern("failed transfers *\\| 0 *\\| ≤ 0 *\\| yes")
			.containsPattern("EasClient over Reactor Netty, MB/s, 16 MB up .* not judged")
			.containsPattern("Reactor Netty, slow reader: sent over read, MB .* yes")
			.containsPattern("EasClient, slow reader: memory above before, MB .* yes")
			.containsPattern("EasClient, cancelled: buffers not released *\\| 0 *\\| ≤ 0 *\\| yes")
			.contains("### stream of 64 MB, 2 callers");
	}

}
