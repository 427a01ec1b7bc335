package io.eas.benchmarks.calls;

import io.eas.benchmarks.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallsCommandTests {

	@Test
	@Tag("long")
	void shortFormMakesCallsAndComparesWithTheFloor() {
		Run run = Run.of("calls", "-q", "--callers=1,4", "--variants=raw,eas-signature");
		assertThat(run.status()).as(run.out()).isZero();
		assertThat(run.out()).containsPattern("failed calls *\\| 0 *\\| ≤ 0 *\\| yes")
			.containsPattern("EasClient, signature over Reactor Netty, fixed, bytes, 4 callers .* not judged")
			.contains("Closed loop, 1 caller", "| EasClient, signature ");
		assertThat(run.err()).contains("round 1 of 1: callers 4");
	}

	@Test
	void unknownVariantIsNamedWithTheKnownOnes() {
		Run run = Run.of("calls", "--variants=raw,pigeon");
		assertThat(run.status()).isEqualTo(2);
		assertThat(run.err()).contains("pigeon").contains("eas-least-request");
	}

}
