package io.eas.discovery.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.eas.discovery.DiscoveryException;
import io.eas.discovery.DiscoveryState;
import io.eas.discovery.InstanceCache;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import io.eas.test.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a snapshot comes into use, with a disk that is read when the test says so.
 */
@ExtendWith(OutputCaptureExtension.class)
class FileSnapshotTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration MAX_AGE = Duration.ofHours(24);

	@TempDir
	private Path directory;

	private final SettableClock clock = new SettableClock(TestSnapshots.TIME);

	private final InstanceCache cache = new InstanceCache(this.clock);

	private final ManualThread disk = new ManualThread();

	private SnapshotFile file;

	private FileSnapshot snapshot;

	@BeforeEach
	void open() throws IOException {
		this.file = TestSnapshots.file(this.directory, "mnist");
		this.snapshot = new FileSnapshot("mnist", this.file, MAX_AGE, this.cache, this.disk.scheduler(), this.clock);
	}

	@Test
	void snapshotIsUsedWhenAPollFailsAfterItWasRead(CapturedOutput output) throws IOException {
		this.file.write(TestSnapshots.of(1, 2));
		this.clock.pass(Duration.ofHours(2));
		this.snapshot.start();
		this.disk.run();
		assertThat(this.cache.current()).isNull();
		fail();
		InstanceList list = this.cache.current();
		assertThat(list.instances()).hasToString("[10.0.0.0:8501;1, 10.0.0.1:8501;2]");
		assertThat(list.source()).isEqualTo(Source.SNAPSHOT);
		assertThat(this.cache.state()).isEqualTo(new DiscoveryState(list, TestSnapshots.TIME, "status 500", 1, 0));
		assertThat(this.cache.state().age(this.clock.instant())).isEqualTo(Duration.ofHours(2));
		fail();
		assertThat(lines(output)).singleElement()
			.asString()
			.contains("WARN", "mnist: using the 2 instance(s) of the snapshot " + this.file
					+ ", which discovery returned at 2026-01-01T00:00:00Z");
	}

	@Test
	void snapshotIsUsedWhenItIsReadAfterAFailedPoll() throws IOException {
		this.file.write(TestSnapshots.of(1));
		this.snapshot.start();
		fail();
		assertThat(this.cache.current()).isNull();
		this.disk.run();
		assertThat(this.cache.current().source()).isEqualTo(Source.SNAPSHOT);
	}

	@Test
	void snapshotIsUsedWithoutFailedPollIfTheStartNoLongerWaits() throws IOException {
		this.file.write(TestSnapshots.of(1));
		this.snapshot.start();
		this.disk.run();
		assertThat(this.snapshot.restore()).isTrue();
		assertThat(this.cache.current().source()).isEqualTo(Source.SNAPSHOT);
	}

	@Test
	void startGoesOnIfSnapshotIsNotReadYetAndSnapshotIsUsedLater() throws IOException {
		this.file.write(TestSnapshots.of(1));
		this.snapshot.start();
		Thread.currentThread().interrupt();
		assertThat(this.snapshot.restore()).isFalse();
		assertThat(Thread.interrupted()).isTrue();
		this.disk.run();
		assertThat(this.cache.current().source()).isEqualTo(Source.SNAPSHOT);
	}

	@Test
	void snapshotCompletesWaitingCalls() throws IOException {
		this.file.write(TestSnapshots.of(1));
		this.snapshot.start();
		StepVerifier waiting = StepVerifier.create(this.cache.first().map(InstanceList::source))
			.expectNext(Source.SNAPSHOT)
			.expectComplete()
			.verifyLater();
		fail();
		this.disk.run();
		waiting.verify(PATIENCE);
	}

	@Test
	void snapshotIsNotUsedIfDiscoveryRespondsFirst() throws IOException {
		this.file.write(TestSnapshots.of(1));
		this.snapshot.start();
		succeed(7);
		this.disk.run();
		fail();
		assertThat(this.snapshot.restore()).isTrue();
		assertThat(this.cache.current().source()).isEqualTo(Source.DISCOVERY);
		assertThat(TestSnapshots.weights(this.file)).containsExactly(7);
	}

	@Test
	void snapshotIsReplacedByFirstGoodPollEvenWithTheSameList() throws IOException {
		this.file.write(TestSnapshots.of(1));
		this.snapshot.start();
		this.disk.run();
		fail();
		this.clock.pass(Duration.ofSeconds(5));
		succeed(1);
		this.disk.run();
		assertThat(this.cache.current().source()).isEqualTo(Source.DISCOVERY);
		assertThat(this.file.read().lastSuccess()).isEqualTo(TestSnapshots.TIME.plusSeconds(5));
	}

	@Test
	void snapshotIsNotReadIfAListIsKnown() throws IOException {
		this.file.write(TestSnapshots.of(1));
		this.cache.succeed(TestInstances.instances(7), Source.DISCOVERY);
		this.snapshot.start();
		assertThat(this.disk.waiting()).isZero();
	}

	@Test
	void snapshotIsReadAgainByASecondStart() throws IOException {
		this.snapshot.start();
		this.disk.run();
		fail();
		this.snapshot.stop();
		this.file.write(TestSnapshots.of(1));
		this.snapshot.start();
		this.disk.run();
		assertThat(this.cache.current()).isNull();
		fail();
		assertThat(this.cache.current().size()).isEqualTo(1);
	}

	@Test
	void missingSnapshotIsLoggedOnceItIsRequested(CapturedOutput output) {
		this.snapshot.start();
		this.disk.run();
		assertThat(lines(output)).isEmpty();
		fail();
		fail();
		assertThat(this.snapshot.restore()).isFalse();
		assertThat(lines(output)).singleElement()
			.asString()
			.contains("INFO", "mnist: there is no snapshot " + this.file + " yet");
	}

	@Test
	void damagedSnapshotIsIgnoredAndLoggedOnce(CapturedOutput output) throws IOException {
		Files.writeString(Path.of(this.file.toString()), "<html>");
		this.snapshot.start();
		this.disk.run();
		assertThat(lines(output)).isEmpty();
		fail();
		fail();
		assertIgnored(output, "it is damaged: it is not JSON");
	}

	@Test
	void snapshotThatIsALinkIsIgnoredAndLoggedOnce(CapturedOutput output) throws IOException {
		Files.createSymbolicLink(Path.of(this.file.toString()), Path.of("/proc/self/mem"));
		this.snapshot.start();
		this.disk.run();
		fail();
		assertIgnored(output, "it is not a regular file");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT24H", "-PT24H", "PT0S" })
	void snapshotIsUsedUpToMaxAge(Duration age) throws IOException {
		this.file.write(TestSnapshots.of(1));
		this.clock.pass(age);
		this.snapshot.start();
		this.disk.run();
		fail();
		assertThat(this.cache.current().size()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT24H0.001S", "-PT24H0.001S", "PT10000H" })
	void snapshotIsIgnoredBeyondMaxAge(Duration age, CapturedOutput output) throws IOException {
		this.file.write(TestSnapshots.of(1));
		this.clock.pass(age);
		this.snapshot.start();
		this.disk.run();
		fail();
		assertIgnored(output, "discovery gave its list at 2026-01-01T00:00:00Z, which is more than "
				+ "discovery.snapshot.max-age (86400 s) away from now, " + this.clock.instant());
	}

	/** It would count as fresh for as long as the clock was ahead. */
	@Test
	void snapshotFromTheFutureAgesFromNowOn() throws IOException {
		this.file.write(TestSnapshots.of(1));
		this.clock.pass(Duration.ofHours(-10));
		Instant now = this.clock.instant();
		this.snapshot.start();
		this.disk.run();
		fail();
		assertThat(this.cache.state().lastSuccess()).isEqualTo(now);
		assertThat(this.cache.state().age(now.plusSeconds(60))).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void droppedItemsOfSnapshotAreLogged(CapturedOutput output) throws IOException {
		SnapshotFile narrow = SnapshotFile.open(this.directory, TestSnapshots.KEY.endpoint(), "mnist",
				io.eas.discovery.AllowedNetworks.of(List.of("10.0.0.1/32")), TestSnapshots.LIMIT);
		narrow.write(TestSnapshots.of(1, 2, 3));
		FileSnapshot snapshot = new FileSnapshot("mnist", narrow, MAX_AGE, this.cache, this.disk.scheduler(),
				this.clock);
		snapshot.start();
		this.disk.run();
		assertThat(snapshot.restore()).isTrue();
		assertThat(this.cache.current().instances()).hasToString("[10.0.0.1:8501;2]");
		assertThat(lines(output)).hasSize(2)
			.last()
			.asString()
			.contains("WARN", "mnist: 2 item(s) of the snapshot dropped, the first: ip 10.0.0.0 is in none of "
					+ "discovery.allowed-networks (10.0.0.1/32)");
	}

	@Test
	void snapshotDoesNothingBeforeTheStart() {
		succeed(1);
		fail();
		assertThat(this.snapshot.restore()).isTrue();
		this.snapshot.stop();
		assertThat(this.disk.waiting()).isZero();
	}

	@Test
	void stopWaitsBrieflyForTheListThatIsBeingWritten() throws IOException {
		this.snapshot.start();
		this.disk.run();
		succeed(1);
		this.snapshot.stop();
		this.disk.run();
		assertThat(this.file.read()).as("dropped").isNull();
	}

	private void succeed(int weight) {
		InstanceList before = this.cache.current();
		InstanceList after = this.cache.succeed(TestInstances.instances(weight), Source.DISCOVERY);
		this.snapshot.succeeded(before, after, List.of());
	}

	private void fail() {
		this.cache.fail(new DiscoveryException("status 500", null));
		this.snapshot.failed(this.cache.state());
	}

	private void assertIgnored(CapturedOutput output, String reason) {
		assertThat(this.cache.current()).isNull();
		assertThat(lines(output)).singleElement()
			.asString()
			.contains("WARN", "mnist: the snapshot " + this.file + " is ignored: " + reason);
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("mnist: ")).toList();
	}

}
