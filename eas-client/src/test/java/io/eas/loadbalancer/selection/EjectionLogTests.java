package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.eas.instance.TestInstances;
import io.eas.loadbalancer.EjectionListener.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written of instances that are left out, one or thousands.
 */
@ExtendWith(OutputCaptureExtension.class)
class EjectionLogTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);

	private final EjectionLog log = new EjectionLog("mnist", this.now::get);

	@Test
	void eachEjectionAndEachReturnIsLogged(CapturedOutput output) {
		eject(1, false);
		this.log.restored(TestInstances.instance(1, 1));
		assertThat(output.toString().lines()).satisfiesExactly(
				(line) -> assertThat(line).contains("WARN")
					.endsWith("mnist: 10.0.0.1:8501 is left out for 4000 ms: no connection"),
				(line) -> assertThat(line).contains("INFO").endsWith("mnist: 10.0.0.1:8501 is used again"));
	}

	@Test
	void avoidedInstanceIsLogged(CapturedOutput output) {
		this.log.avoided(TestInstances.instance(1, 1), Cause.FAILURES, "3 failure(s) in a row");
		assertThat(output.toString().lines()).singleElement()
			.satisfies((line) -> assertThat(line).contains("WARN")
				.endsWith("mnist: 10.0.0.1:8501 fails, but no more instances may be left out (ejection.max-percent), "
						+ "so others are preferred:" + " 3 failure(s) in a row"));
	}

	@Test
	void failedTrialIsNotLogged(CapturedOutput output) {
		eject(1, true);
		assertThat(output.toString().lines().filter((line) -> line.contains("WARN"))).isEmpty();
	}

	@Test
	void onlyFirstEjectionsAreNamedAndTheOthersCounted(CapturedOutput output) {
		IntStream.range(0, 5000).forEach((index) -> eject(index, false));
		assertThat(output.toString().lines().filter((line) -> line.contains("WARN"))).hasSize(20)
			.last()
			.satisfies((line) -> assertThat(line).contains("10.0.0.19:8501 is left out")
				.endsWith("(further ones are counted, and named only at debug level)"));
		this.now.addAndGet(Duration.ofSeconds(11).toNanos());
		eject(1, false);
		assertThat(output).contains("mnist: 4980 more instance(s) were left out");
		assertThat(output.toString().lines()).last()
			.satisfies((line) -> assertThat(line).endsWith("10.0.0.1:8501 is left out for 4000 ms: no connection"));
	}

	@Test
	void onlyFirstReturnsAreNamedAndTheOthersCounted(CapturedOutput output) {
		IntStream.range(0, 30).forEach((index) -> this.log.restored(TestInstances.instance(index, 1)));
		assertThat(output.toString().lines().filter((line) -> line.contains("INFO"))).hasSize(20);
		this.now.addAndGet(Duration.ofSeconds(11).toNanos());
		this.log.restored(TestInstances.instance(1, 1));
		assertThat(output).contains("mnist: 10 more instance(s) were used again");
	}

	private void eject(int index, boolean again) {
		this.log.ejected(TestInstances.instance(index, 1), Cause.NO_CONNECTION, "no connection", Duration.ofSeconds(4),
				again);
	}

}
