package io.eas.benchmarks.faults;

import java.nio.file.Path;

import io.eas.benchmarks.Run;
import io.eas.benchmarks.report.Figure;
import io.eas.benchmarks.report.Figures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The suite itself, in its short form: what must not fail doesn't, however slow this
 * machine is just now.
 */
class FaultsCommandTests {

	@Test
	@Tag("long")
	void noCallFailsWhenAnInstanceOfThreeIsKilled() {
		Run run = Run.of("faults", "-q", "--limits=latency", "--cases=sigkill", "--peers");
		assertThat(run.out()).contains("sigkill (latency): failed calls")
			.contains("WebClient, Spring LB + retry")
			.contains("Armeria, weighted RR + retry");
		assertThat(run.status()).as(run.out()).isZero();
		assertThat(run.err()).contains("sigkill (latency)");
	}

	@Test
	@Tag("long")
	@EnabledOnOs(value = OS.LINUX, disabledReason = "other kernels refuse or accept what is beyond the backlog")
	void noCallFailsWhenAnInstanceOfThreeVanishes() {
		Run run = Run.of("faults", "-q", "--limits=cpu", "--cases=black-hole");
		assertThat(run.out()).contains("black-hole (processor): failed calls");
		assertThat(run.status()).as(run.out()).isZero();
	}

	@Test
	void noCallFailsDuringFaultsOfTheLocalEas(@TempDir Path directory) throws Exception {
		Path results = directory.resolve("results.json");
		Run run = Run.of("faults", "-q", "--cases=half,450,discovery-empty,flapping,rollout", "--results=" + results);
		assertThat(run.out().lines().filter((line) -> line.matches(".*: failed calls .*\\| yes +\\|"))).as(run.out())
			.hasSize(5);
		assertThat(run.status()).isZero();
		assertThat(Figures.read(results).figures()).hasSize(5)
			.extracting(Figure::name)
			.startsWith("faults-half-local", "faults-450-local");
	}

	@Test
	void callsWithoutAnyInstanceFailAndTheirAttemptsAreCounted() {
		Run run = Run.of("faults", "-q", "--cases=outage");
		assertThat(run.out()).contains("EasConnectException").contains("outage: attempts per call");
	}

}
