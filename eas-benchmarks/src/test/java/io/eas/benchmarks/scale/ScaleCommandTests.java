package io.eas.benchmarks.scale;

import io.eas.benchmarks.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScaleCommandTests {

	@Test
	void shortFormMeasuresManyInstancesAndExplainsTheSkippedPart() {
		Run run = Run.of("scale", "-q", "--parts=instances,callers");
		assertThat(run.status()).as(run.out()).isZero();
		assertThat(run.out()).contains("| one replaced ", "A poll of 1,000 instances")
			.containsPattern("poll, all replaced: picker over reading the answer .* not judged")
			.contains("left out: --virtual-threads-java isn't given");
	}

	@Test
	@Tag("long")
	void shortFormStartsApplicationsWithManyServices() {
		Run run = Run.of("scale", "-q", "--parts=services");
		assertThat(run.status()).as(run.out()).isZero();
		assertThat(run.out())
			.contains("| services, mode static ", "| services, mode direct ", "| Spring Cloud LoadBalancer's services ")
			.containsPattern("one more of services, mode static, KiB of heap .* not judged");
	}

	@Test
	void jdkWithoutVirtualThreadsIsSkipped() {
		Run run = Run.of("scale", "-q", "--parts=callers", "--virtual-threads-java=nowhere");
		assertThat(run.status()).isZero();
		assertThat(run.out()).contains("left out: there is no Java at nowhere");
	}

}
