package io.eas.discovery.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * When a list is written, on a thread that has time when the test says so.
 */
@ExtendWith(OutputCaptureExtension.class)
class SnapshotWriterTests {

	@TempDir
	private Path temporary;

	private Path directory;

	private SnapshotFile file;

	private final ManualThread thread = new ManualThread();

	private SnapshotWriter writer;

	@BeforeEach
	void open() throws IOException {
		this.directory = this.temporary.resolve("snapshots");
		this.file = TestSnapshots.file(this.directory, "mnist");
		this.writer = new SnapshotWriter("mnist", this.file, this.thread.scheduler());
		this.writer.start();
	}

	@Test
	void listIsOnlyWrittenByTheFileThread() throws IOException {
		this.writer.offer(TestSnapshots.of(1));
		assertThat(this.file.read()).isNull();
		this.thread.run();
		assertThat(TestSnapshots.weights(this.file)).containsExactly(1);
	}

	@Test
	void onlyNewestOfManyListsIsWritten() throws IOException {
		for (int i = 1; i <= 100; i++) {
			this.writer.offer(TestSnapshots.of(i));
		}
		assertThat(this.thread.waiting()).isEqualTo(1);
		this.thread.run();
		assertThat(TestSnapshots.weights(this.file)).containsExactly(100);
	}

	@ParameterizedTest
	@CsvSource({ "0s, false", "59s, false", "60s, true", "1h, true", "-59s, false", "-60s, true" })
	void unchangedListIsWrittenOncePerMinute(String later, boolean due) {
		Instant next = TestSnapshots.TIME.plus(duration(later));
		assertThat(SnapshotWriter.isDue(TestSnapshots.of(1, 2), TestSnapshots.at(next, 1, 2))).isEqualTo(due);
	}

	private static Duration duration(String text) {
		return Duration.parse(text.startsWith("-") ? "-PT" + text.substring(1) : "PT" + text);
	}

	@Test
	void changedListIsWrittenAtOnce() {
		assertThat(SnapshotWriter.isDue(null, TestSnapshots.of(1))).isTrue();
		assertThat(SnapshotWriter.isDue(TestSnapshots.of(1, 2), TestSnapshots.of(1, 2))).isFalse();
		assertThat(SnapshotWriter.isDue(TestSnapshots.of(1, 2), TestSnapshots.of(1))).isTrue();
		assertThat(SnapshotWriter.isDue(TestSnapshots.of(1, 2), TestSnapshots.of(1, 3))).isTrue();
	}

	/** An hour of polls every five seconds. */
	@Test
	void manyPollsCauseFewWrites() throws IOException {
		List<Instant> written = new ArrayList<>();
		for (int second = 0; second < 3600; second += 5) {
			this.writer.offer(TestSnapshots.at(TestSnapshots.TIME.plusSeconds(second), 1));
			this.thread.run();
			Instant onDisk = this.file.read().lastSuccess();
			if (written.isEmpty() || !written.get(written.size() - 1).equals(onDisk)) {
				written.add(onDisk);
			}
		}
		assertThat(written).hasSize(60);
	}

	@Test
	void failureIsLoggedOnceAndRepairedByTheNextPoll(CapturedOutput output) throws IOException {
		Files.delete(this.directory);
		for (int i = 0; i < 3; i++) {
			this.writer.offer(TestSnapshots.of(1));
			this.thread.run();
		}
		assertThat(lines(output)).singleElement()
			.asString()
			.contains("WARN", "mnist: the snapshot " + this.file
					+ " can't be written; retrying after each successful poll: java.nio.file.NoSuchFileException");
		Files.createDirectory(this.directory);
		for (int i = 0; i < 3; i++) {
			this.writer.offer(TestSnapshots.of(1));
			this.thread.run();
		}
		assertThat(TestSnapshots.weights(this.file)).containsExactly(1);
		assertThat(lines(output)).hasSize(2)
			.last()
			.asString()
			.contains("INFO", "mnist: the snapshot " + this.file + " is written again");
	}

	/** Memory doesn't run out on demand, so the file is none. */
	@Test
	void errorDuringAWriteIsHandledLikeAnException(CapturedOutput output) throws IOException {
		SnapshotFile broken = mock(SnapshotFile.class);
		doThrow(new OutOfMemoryError("a bug")).doThrow(new NoClassDefFoundError("a bug"))
			.doNothing()
			.when(broken)
			.write(any());
		SnapshotWriter other = new SnapshotWriter("mnist", broken, this.thread.scheduler());
		other.start();
		for (int i = 0; i < 4; i++) {
			other.offer(TestSnapshots.of(1));
			this.thread.run();
		}
		verify(broken, times(3)).write(any());
		assertThat(lines(output)).hasSize(2);
		assertThat(lines(output).get(0)).contains("can't be written", "OutOfMemoryError: a bug");
		assertThat(lines(output).get(1)).contains("is written again");
		assertThat(other.stop()).isCompleted();
	}

	@Test
	void rejectedTaskIsHandledLikeAFailedWrite() {
		SnapshotWriter other = new SnapshotWriter("mnist", this.file, Schedulers.fromExecutor((task) -> {
			throw new RejectedExecutionException("stopped");
		}));
		other.start();
		other.offer(TestSnapshots.of(1));
		assertThat(other.stop()).isCompleted();
	}

	@Test
	void listsOfferedBeforeTheStopAreWrittenAndLaterOnesAreNot() throws IOException {
		this.writer.offer(TestSnapshots.of(1));
		CompletableFuture<?> end = this.writer.stop();
		this.writer.offer(TestSnapshots.of(2));
		assertThat(end).isNotDone();
		this.thread.run();
		assertThat(end).isCompleted();
		assertThat(TestSnapshots.weights(this.file)).containsExactly(1);
	}

	@Test
	void snapshotIsWrittenOnceThereIsMemoryForAThread(CapturedOutput output) throws IOException {
		AtomicBoolean full = new AtomicBoolean(true);
		SnapshotWriter other = new SnapshotWriter("mnist", this.file, new Scheduler() {

			@Override
			public Disposable schedule(Runnable task) {
				if (full.get()) {
					throw new OutOfMemoryError("unable to create native thread");
				}
				return SnapshotWriterTests.this.thread.scheduler().schedule(task);
			}

			@Override
			public Worker createWorker() {
				throw new UnsupportedOperationException();
			}

		});
		other.start();
		other.offer(TestSnapshots.of(1));
		other.offer(TestSnapshots.of(1));
		assertThat(lines(output)).singleElement().asString().contains("unable to create native thread");
		full.set(false);
		other.offer(TestSnapshots.of(1));
		this.thread.run();
		assertThat(TestSnapshots.weights(this.file)).containsExactly(1);
		assertThat(lines(output)).hasSize(2).last().asString().contains("is written again");
	}

	@Test
	void stopWithoutPendingWriteCompletesAtOnce() {
		assertThat(this.writer.stop()).isCompleted();
	}

	@Test
	void droppedListIsNotWrittenUntilItIsOfferedAgain() throws IOException {
		this.writer.offer(TestSnapshots.of(1));
		assertThat(this.writer.stop()).isNotDone();
		this.writer.drop();
		this.thread.run();
		assertThat(this.file.read()).isNull();
		this.writer.start();
		this.writer.offer(TestSnapshots.of(1));
		this.thread.run();
		assertThat(TestSnapshots.weights(this.file)).containsExactly(1);
	}

	@Test
	void writeInterruptedByShutdownIsNotLoggedAsError(CapturedOutput output) throws IOException {
		this.writer.offer(TestSnapshots.of(1));
		assertThat(this.writer.stop()).isNotDone();
		Thread.currentThread().interrupt();
		this.thread.run();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.file.read()).isNull();
		assertThat(this.directory).isEmptyDirectory();
		assertThat(lines(output)).isEmpty();
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("mnist: ")).toList();
	}

}
