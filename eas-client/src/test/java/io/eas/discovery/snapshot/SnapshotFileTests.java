package io.eas.discovery.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A snapshot on disk.
 */
class SnapshotFileTests {

	private static final int PATIENCE_SECONDS = 60;

	@TempDir
	private Path temporary;

	@Test
	void snapshotIsReadAsItWasWritten() throws IOException {
		SnapshotFile file = file("mnist");
		file.write(TestSnapshots.of(1, 2, 3));
		assertThat(TestSnapshots.weights(file)).containsExactly(1, 2, 3);
		assertThat(TestSnapshots.weights(file("mnist"))).containsExactly(1, 2, 3);
		file.write(TestSnapshots.of(7));
		assertThat(TestSnapshots.weights(file)).containsExactly(7);
	}

	@Test
	void thereIsNoSnapshotAtFirst() throws IOException {
		assertThat(file("mnist").read()).isNull();
	}

	@Test
	void directoryMayContainSnapshotsOfManyServices() throws IOException {
		file("a/b").write(TestSnapshots.of(1));
		file("a_b").write(TestSnapshots.of(2));
		SnapshotFile elsewhere = SnapshotFile.open(this.temporary, "http://127.0.0.1:1", "a/b", TestSnapshots.ANYWHERE,
				TestSnapshots.LIMIT);
		assertThat(elsewhere.read()).isNull();
		elsewhere.write(TestSnapshots.of(3));
		assertThat(TestSnapshots.weights(file("a/b"))).containsExactly(1);
		assertThat(TestSnapshots.weights(file("a_b"))).containsExactly(2);
		assertThat(TestSnapshots.weights(elsewhere)).containsExactly(3);
		assertThat(names()).hasSize(3);
	}

	@Test
	void snapshotUnderTheNameOfAnotherServiceIsRejected() throws IOException {
		SnapshotFile one = file("one");
		SnapshotFile other = file("other");
		one.write(TestSnapshots.of(1));
		Files.copy(Path.of(one.toString()), Path.of(other.toString()));
		assertRefused(other, "it belongs to another endpoint or service");
	}

	@Test
	void writeLeavesNoOtherFile() throws IOException {
		SnapshotFile file = file("mnist");
		assertThat(names()).isEmpty();
		file.write(TestSnapshots.of(1));
		file.write(TestSnapshots.of(2));
		assertThat(names()).containsExactly(Path.of(file.toString()).getFileName().toString());
	}

	@Test
	void readerSeesCompleteSnapshotDuringConcurrentWrites() throws Exception {
		SnapshotFile file = file("mnist");
		file.write(TestSnapshots.of(1));
		AtomicInteger writers = new AtomicInteger(2);
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			List<Future<?>> writing = new ArrayList<>();
			for (int length : List.of(1, 40)) {
				SnapshotFile mine = file("mnist");
				int[] weights = new int[length];
				writing.add(threads.submit(() -> {
					for (int i = 0; i < 100; i++) {
						mine.write(TestSnapshots.of(weights));
					}
					return writers.decrementAndGet();
				}));
			}
			int reads = 0;
			while (writers.get() > 0 || reads == 0) {
				assertThat(file.read().list().size()).isIn(1, 40);
				reads++;
				writing.stream().filter(Future::isDone).forEach(SnapshotFileTests::check);
			}
			writing.forEach(SnapshotFileTests::check);
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(names()).hasSize(1);
	}

	@Test
	void failedWriteKeepsTheOldSnapshot() throws IOException {
		SnapshotFile file = file("mnist");
		file.write(TestSnapshots.of(1));
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> file.write(TestSnapshots.of(2)));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(TestSnapshots.weights(file)).containsExactly(1);
		assertThat(names()).hasSize(1);
	}

	@Test
	void writeFailsIfTheDirectoryIsMissing() throws IOException {
		Path directory = this.temporary.resolve("gone");
		SnapshotFile file = TestSnapshots.file(directory, "mnist");
		Files.delete(directory);
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> file.write(TestSnapshots.of(2)));
		assertThat(file.read()).isNull();
	}

	@Test
	void snapshotThatIsNoRegularFileIsRejected() throws IOException {
		SnapshotFile file = file("mnist");
		Files.createDirectory(Path.of(file.toString()));
		assertRefused(file, "it is not a regular file");
	}

	@Test
	void snapshotThatIsTooLargeIsRejected() throws IOException {
		SnapshotFile file = file("mnist");
		Files.write(Path.of(file.toString()), new byte[4 * TestSnapshots.LIMIT + 1]);
		assertRefused(file, "it is larger than 16384 bytes");
		Files.write(Path.of(file.toString()), new byte[4 * TestSnapshots.LIMIT]);
		assertRefused(file, "it is damaged: it is not JSON");
	}

	@Test
	void snapshotOfTheMostCompactResponseIsNotTooLarge() throws IOException {
		StringBuilder answer = new StringBuilder();
		StringBuilder items = new StringBuilder();
		for (int i = 1; i < 200; i++) {
			String digit = Integer.toHexString(i);
			answer.append("{\"ip\":\"1::").append(digit).append("\",\"port\":1},");
			items.append(items.isEmpty() ? "" : ",")
				.append(TestSnapshots.item("1:0:0:0:0:0:0:" + digit).replace("8501", "1"));
		}
		SnapshotFile file = SnapshotFile.open(this.temporary, TestSnapshots.KEY.endpoint(), "mnist",
				TestSnapshots.ANYWHERE, answer.length());
		Files.writeString(Path.of(file.toString()), TestSnapshots.sealed(TestSnapshots.members(items.toString())));
		assertThat(file.read().list().size()).isEqualTo(199);
	}

	/** Only a super-user can give a file away. */
	@Test
	void snapshotOfAnotherUserIsRejected() throws IOException {
		assumeThat(Files.getOwner(this.temporary)).isEqualTo(Files.getOwner(Path.of("/")));
		SnapshotFile file = file("mnist");
		Path path = Path.of(file.toString());
		file.write(TestSnapshots.of(1));
		Files.setOwner(path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("65534"));
		assertRefused(file, "it belongs to another user, who may have written anything");
	}

	@Test
	void snapshotThatIsALinkIsRejected() throws IOException {
		SnapshotFile file = file("mnist");
		file.write(TestSnapshots.of(1));
		Path path = Path.of(file.toString());
		Files.createSymbolicLink(path, Files.move(path, this.temporary.resolve("elsewhere.json")));
		assertRefused(file, "it is not a regular file");
	}

	@Test
	void snapshotThatIsADanglingLinkIsRejected() throws IOException {
		SnapshotFile file = file("mnist");
		Files.createSymbolicLink(Path.of(file.toString()), this.temporary.resolve("nothing"));
		assertRefused(file, "it is not a regular file");
	}

	private SnapshotFile file(String service) throws IOException {
		return TestSnapshots.file(this.temporary, service);
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(this.temporary)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

	private static void assertRefused(SnapshotFile file, String reason) {
		assertThatExceptionOfType(SnapshotException.class).isThrownBy(file::read).withMessage(reason);
	}

	private static void check(Future<?> task) {
		try {
			task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

}
