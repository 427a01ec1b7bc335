package io.eas.discovery.snapshot;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Makes files and directories that only their owner may read and change: by POSIX
 * permissions from the moment they are there; where the file system has none, files by an
 * access control list before anything is in them.
 *
 * @param posix whether the file system has POSIX permissions
 */
record OwnerOnly(boolean posix) {

	static OwnerOnly in(FileSystem system) {
		return new OwnerOnly(system.supportedFileAttributeViews().contains("posix"));
	}

	/**
	 * Makes a directory with those above it, where they aren't there.
	 */
	void createDirectories(Path directory) throws IOException {
		Files.createDirectories(directory, attributes("rwx------"));
	}

	/**
	 * Who else may make, rename and delete files in a directory, where that is known.
	 */
	@Nullable String othersWhoMayWrite(Path directory) throws IOException {
		Set<PosixFilePermission> permissions = this.posix ? Files.getPosixFilePermissions(directory) : Set.of();
		if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
			return "everybody";
		}
		return permissions.contains(PosixFilePermission.GROUP_WRITE) ? "its group" : null;
	}

	/**
	 * Makes an empty file under a name that nobody else has.
	 */
	Path createFile(Path directory, String prefix, String suffix) throws IOException {
		Path file = Files.createTempFile(directory, prefix, suffix, attributes("rw-------"));
		AclFileAttributeView acl = this.posix ? null : acl(file);
		if (acl != null) {
			restrict(acl);
		}
		return file;
	}

	/**
	 * Whether the file system keeps others from a file that was made here.
	 */
	boolean isKept(Path file) {
		return this.posix || acl(file) != null;
	}

	static void restrict(AclFileAttributeView acl) throws IOException {
		acl.setAcl(List.of(AclEntry.newBuilder()
			.setType(AclEntryType.ALLOW)
			.setPrincipal(acl.getOwner())
			.setPermissions(EnumSet.allOf(AclEntryPermission.class))
			.build()));
	}

	private static @Nullable AclFileAttributeView acl(Path file) {
		return Files.getFileAttributeView(file, AclFileAttributeView.class);
	}

	private FileAttribute<?>[] attributes(String permissions) {
		return this.posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

}
