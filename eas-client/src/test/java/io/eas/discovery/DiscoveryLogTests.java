package io.eas.discovery;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A line a change.
 */
@ExtendWith(OutputCaptureExtension.class)
class DiscoveryLogTests {

	private static final InstanceList TWO = TestInstances.list(100, 50);

	private final DiscoveryLog log = new DiscoveryLog("mnist");

	@BeforeEach
	@AfterEach
	void logAtInfoLevel() {
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel(DiscoveryLog.class.getName(), LogLevel.INFO);
	}

	@Test
	void namesTheInstancesOfTheFirstList(CapturedOutput output) {
		this.log.succeeded(null, TWO, List.of());
		assertThat(output).contains("INFO", "mnist: 2 instance(s): +10.0.0.0:8501;100, +10.0.0.1:8501;50");
	}

	@Test
	void namesAddedRemovedAndReweightedInstances(CapturedOutput output) {
		InstanceList after = new InstanceList(List.of(TestInstances.instance(1, 7), TestInstances.instance(2, 100)),
				Instant.EPOCH, Source.DISCOVERY);
		this.log.succeeded(TWO, after, List.of());
		assertThat(output)
			.contains("mnist: 2 instance(s): 10.0.0.1:8501 weight 50 -> 7, +10.0.0.2:8501;100, -10.0.0.0:8501;100");
	}

	@Test
	void confirmedSnapshotIsLogged(CapturedOutput output) {
		this.log.succeeded(new InstanceList(TWO.instances(), Instant.EPOCH, Source.SNAPSHOT), TWO, List.of());
		assertThat(lines(output)).singleElement().asString().endsWith("mnist: 2 instance(s), as in the snapshot");
	}

	@Test
	void unchangedListIsNotLogged(CapturedOutput output) {
		this.log.succeeded(TWO, TWO, List.of());
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void onlyFirstFailureAndRecoveryAreLogged(CapturedOutput output) {
		for (int failures = 1; failures <= 5; failures++) {
			this.log.failed(new DiscoveryState(TWO, Instant.EPOCH, "status 500", failures, 0));
		}
		assertThat(lines(output)).singleElement()
			.asString()
			.contains("WARN", "mnist: status 500; going on with 2 known instance(s)");
		this.log.succeeded(TWO, TWO, List.of());
		this.log.succeeded(TWO, TWO, List.of());
		assertThat(lines(output)).hasSize(2)
			.last()
			.asString()
			.contains("INFO", "mnist: discovery answers again after 5 failed poll(s)");
		this.log.failed(new DiscoveryState(TWO, Instant.EPOCH, "status 500", 1, 0));
		assertThat(lines(output)).hasSize(3);
	}

	@Test
	void failureWithoutKnownInstanceIsLogged(CapturedOutput output) {
		this.log.failed(new DiscoveryState(null, null, "status 500", 1, 0));
		assertThat(output).contains("mnist: status 500; no instance known yet");
	}

	@Test
	void droppedItemsAreLoggedOncePerChange(CapturedOutput output) {
		this.log.succeeded(TWO, TWO, List.of("a", "b"));
		this.log.succeeded(TWO, TWO, List.of("a", "b"));
		assertThat(lines(output)).singleElement()
			.asString()
			.contains("WARN", "mnist: 2 item(s) of the discovery answer dropped: a, b");
		this.log.succeeded(TWO, TWO, List.of("a"));
		assertThat(lines(output)).hasSize(2);
		this.log.succeeded(TWO, TWO, List.of());
		assertThat(lines(output)).hasSize(2);
		this.log.succeeded(TWO, TWO, List.of("a"));
		assertThat(lines(output)).hasSize(3);
	}

	@Test
	void everyFailureIsLoggedAtDebugLevel(CapturedOutput output) {
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel(DiscoveryLog.class.getName(), LogLevel.DEBUG);
		this.log.failed(new DiscoveryState(TWO, Instant.EPOCH, "status 500", 1, 0));
		this.log.failed(new DiscoveryState(TWO, Instant.EPOCH, "status 500", 2, 0));
		assertThat(lines(output)).hasSize(2)
			.last()
			.asString()
			.contains("DEBUG", "mnist: status 500; going on with 2 known instance(s) (failed poll 2)");
	}

	@Test
	void onlyFirstTwentyInstancesAreNamed(CapturedOutput output) {
		this.log.succeeded(null, TestInstances.list(IntStream.generate(() -> 1).limit(25).toArray()), List.of());
		String line = lines(output).get(0);
		assertThat(line).contains("mnist: 25 instance(s): +10.0.0.0:8501;1, ").endsWith(" and 5 more");
		assertThat(line.split("\\+", -1)).hasSize(21);
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("mnist: ")).toList();
	}

}
