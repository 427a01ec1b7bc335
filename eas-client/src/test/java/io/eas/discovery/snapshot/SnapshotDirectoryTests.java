package io.eas.discovery.snapshot;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The directory of snapshots, and who may read what is made in it.
 */
@ExtendWith(OutputCaptureExtension.class)
class SnapshotDirectoryTests {

	@TempDir
	private Path temporary;

	@Test
	void directoryAndFilesAreCreatedForTheirOwnerOnly() throws IOException {
		Path directory = this.temporary.resolve("a").resolve("b");
		SnapshotFile file = TestSnapshots.file(directory, "mnist");
		assertThat(permissions(directory)).isEqualTo("rwx------");
		assertThat(permissions(directory.getParent())).isEqualTo("rwx------");
		for (int i = 0; i < 2; i++) {
			file.write(TestSnapshots.of(1));
			assertThat(permissions(Path.of(file.toString()))).isEqualTo("rw-------");
		}
	}

	@Test
	void existingDirectoryIsNotChanged() throws IOException {
		Files.setPosixFilePermissions(this.temporary, PosixFilePermissions.fromString("rwxr-x---"));
		file("mnist").write(TestSnapshots.of(1));
		assertThat(permissions(this.temporary)).isEqualTo("rwxr-x---");
	}

	@ParameterizedTest
	@CsvSource({ "rwxrwxrwx,everybody", "rwx----w-,everybody", "rwxrwx---,its group" })
	void directoryThatOthersMayWriteToIsRejected(String permissions, String others) throws IOException {
		Files.setPosixFilePermissions(this.temporary, PosixFilePermissions.fromString(permissions));
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> SnapshotDirectory.open(this.temporary))
			.withMessage(this.temporary + ": " + others + " may write to it and so redirect calls; set a "
					+ "directory below it, which is then created for its owner alone, or remove that permission "
					+ "(chmod go-w)");
		assertThat(names()).isEmpty();
		SnapshotDirectory.open(this.temporary.resolve("below"));
	}

	@Test
	void oldTemporaryFilesAreDeleted() throws IOException {
		SnapshotFile file = file("mnist");
		Instant now = Instant.now();
		String name = Path.of(file.toString()).getFileName().toString();
		Path old = Files.createFile(this.temporary.resolve(name + ".123.tmp"));
		Path young = Files.createFile(this.temporary.resolve(name + ".124.tmp"));
		Path ofAnother = Files.createFile(this.temporary.resolve("other.json.123.tmp"));
		file.write(TestSnapshots.of(1));
		for (Path path : List.of(old, ofAnother, Path.of(file.toString()))) {
			Files.setLastModifiedTime(path, FileTime.from(now.minus(Duration.ofHours(2))));
		}
		file.deleteLeftovers(now.minus(Duration.ofHours(1)));
		assertThat(names()).containsExactlyInAnyOrder(name, young.getFileName().toString(),
				ofAnother.getFileName().toString());
	}

	@Test
	void missingDirectoryIsIgnoredWhenTemporaryFilesAreDeleted() throws IOException {
		Path directory = this.temporary.resolve("gone");
		SnapshotFile file = TestSnapshots.file(directory, "mnist");
		Files.delete(directory);
		file.deleteLeftovers(Instant.now());
		assertThat(directory).doesNotExist();
	}

	@Test
	void fileInPlaceOfTheDirectoryIsRejected() throws IOException {
		Path file = Files.createFile(this.temporary.resolve("file"));
		assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> SnapshotDirectory.open(file));
		assertThatExceptionOfType(FileSystemException.class)
			.isThrownBy(() -> SnapshotDirectory.open(file.resolve("below")));
	}

	@Test
	void unwritableDirectoryIsRejected() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> SnapshotDirectory.open(Path.of("/proc/self")));
	}

	/** As an archive, which has neither permissions nor owners. */
	@Test
	void fileSystemWithoutPermissionsIsLoggedAsWarning(CapturedOutput output) throws IOException {
		try (FileSystem archive = FileSystems.newFileSystem(this.temporary.resolve("archive.zip"),
				Map.of("create", "true"))) {
			SnapshotFile file = TestSnapshots.file(archive.getPath("/snapshots"), "mnist");
			assertThat(output.toString().split("WARN", -1)).hasSize(2);
			assertThat(output).contains("The file system of /snapshots doesn't support file permissions, so other "
					+ "users may be able to read and change the snapshots in it");
			file.write(TestSnapshots.of(1));
			assertThat(TestSnapshots.weights(file)).containsExactly(1);
		}
	}

	@Test
	void filesAreRestrictedByAccessControlListWithoutPosixPermissions() throws IOException {
		Acl acl = new Acl();
		SnapshotDirectory.OwnerOnly.restrict(acl);
		assertThat(acl.entries).singleElement().satisfies((entry) -> {
			assertThat(entry.type()).isEqualTo(AclEntryType.ALLOW);
			assertThat(entry.principal()).isEqualTo(acl.getOwner());
			assertThat(entry.permissions()).contains(AclEntryPermission.READ_DATA, AclEntryPermission.WRITE_DATA,
					AclEntryPermission.DELETE);
		});
	}

	private SnapshotFile file(String service) throws IOException {
		return TestSnapshots.file(this.temporary, service);
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(this.temporary)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	/** A list that remembers its entries. */
	private static final class Acl implements AclFileAttributeView {

		private List<AclEntry> entries = List.of();

		@Override
		public String name() {
			return "acl";
		}

		@Override
		public List<AclEntry> getAcl() {
			return this.entries;
		}

		@Override
		public void setAcl(List<AclEntry> acl) {
			this.entries = acl;
		}

		@Override
		public UserPrincipal getOwner() {
			return () -> "owner";
		}

		@Override
		public void setOwner(UserPrincipal owner) {
		}

	}

}
