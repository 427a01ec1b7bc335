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
 * Creates files and directories that only their owner may read and change. They are
 * created with POSIX permissions; if the file system doesn't support these, an access
 * control list is set on a file before anything is written to it.
 *
 * @param posix whether the file system has POSIX permissions
 */
record OwnerOnly(boolean posix) {

	static OwnerOnly in(FileSystem system) {
		return new OwnerOnly(system.supportedFileAttributeViews().contains("posix"));
	}

	/** Creates a directory with its missing parent directories. */
	void createDirectories(Path directory) throws IOException {
		Files.createDirectories(directory, attributes("rwx------"));
	}

	/**
	 * Returns who else may create, rename and delete files in a directory, or null if
	 * nobody may or it isn't known.
	 */
	@Nullable String othersWhoMayWrite(Path directory) throws IOException {
		Set<PosixFilePermission> permissions = this.posix ? Files.getPosixFilePermissions(directory) : Set.of();
		if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
			return "everybody";
		}
		return permissions.contains(PosixFilePermission.GROUP_WRITE) ? "its group" : null;
	}

	/** Creates an empty file with a unique name. */
	Path createFile(Path directory, String prefix, String suffix) throws IOException {
		Path file = Files.createTempFile(directory, prefix, suffix, attributes("rw-------"));
		AclFileAttributeView acl = this.posix ? null : acl(file);
		if (acl != null) {
			restrict(acl);
		}
		return file;
	}

	/**
	 * Returns whether the file system protects a file that was created by this class from
	 * others.
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
