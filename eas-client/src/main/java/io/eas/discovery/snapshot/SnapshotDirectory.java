package io.eas.discovery.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The directory of the snapshots, which several processes may share. All methods may
 * block.
 */
final class SnapshotDirectory {

	private static final Log log = LogFactory.getLog(SnapshotDirectory.class);

	private static final String TEMPORARY = ".tmp";

	private final Path directory;

	private final OwnerOnly access;

	private final @Nullable UserPrincipal owner;

	private SnapshotDirectory(Path directory, OwnerOnly access, @Nullable UserPrincipal owner) {
		this.directory = directory;
		this.access = access;
		this.owner = owner;
	}

	/**
	 * Opens a directory. A missing directory is created so that only its owner may access
	 * it.
	 * @param directory the directory
	 * @return the opened directory
	 * @throws IOException if the path isn't a directory, if users other than its owner
	 * may write to it, or if no file can be created in it
	 */
	static SnapshotDirectory open(Path directory) throws IOException {
		if (Files.exists(directory) && !Files.isDirectory(directory)) {
			throw new NotDirectoryException(directory.toString());
		}
		OwnerOnly access = OwnerOnly.in(directory.getFileSystem());
		access.createDirectories(directory);
		String others = access.othersWhoMayWrite(directory);
		if (others != null) {
			throw new AccessDeniedException(directory.toString(), null, others
					+ " may write to it and so redirect calls; set a directory below it, which is then created for its "
					+ "owner alone, or remove that permission (chmod go-w)");
		}
		Path trial = access.createFile(directory, "trial-", TEMPORARY);
		try {
			if (!access.isKept(trial)) {
				log.warn("The file system of " + directory + " doesn't support file permissions, so other users may be "
						+ "able to read and change the snapshots in it");
			}
			return new SnapshotDirectory(directory, access, owner(trial));
		}
		finally {
			Files.deleteIfExists(trial);
		}
	}

	Path resolve(String name) {
		return this.directory.resolve(name);
	}

	/**
	 * Creates an empty file that has a unique name and that only its owner may access.
	 * @param prefix the prefix of the name
	 */
	Path newFile(String prefix) throws IOException {
		return this.access.createFile(this.directory, prefix, TEMPORARY);
	}

	/**
	 * Returns whether a file has the same owner as the files that this object creates.
	 */
	boolean owns(Path file) throws IOException {
		return Objects.equals(this.owner, owner(file));
	}

	/**
	 * Opens a file for reading. A symbolic link is rejected, if the file system supports
	 * this check.
	 */
	InputStream read(Path file) throws IOException {
		return this.access.posix() ? Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS) : Files.newInputStream(file);
	}

	private static @Nullable UserPrincipal owner(Path file) throws IOException {
		FileOwnerAttributeView view = Files.getFileAttributeView(file, FileOwnerAttributeView.class,
				LinkOption.NOFOLLOW_LINKS);
		return (view != null) ? view.getOwner() : null;
	}

	/**
	 * Deletes files that were created by {@link #newFile} and left behind by processes
	 * that ended.
	 * @param prefix the prefix of the names
	 * @param before only files that were last modified before this time are deleted
	 */
	void deleteLeftovers(String prefix, Instant before) {
		try (Stream<Path> leftovers = Files.find(this.directory, 1,
				(file, attributes) -> isLeftover(file, attributes, prefix, before))) {
			for (Path leftover : leftovers.toList()) {
				Files.deleteIfExists(leftover);
			}
		}
		catch (IOException | UncheckedIOException ex) {
			log.debug("Leftover files in " + this.directory + " can't be deleted", ex);
		}
	}

	private static boolean isLeftover(Path file, BasicFileAttributes attributes, String prefix, Instant before) {
		String name = String.valueOf(file.getFileName());
		return attributes.isRegularFile() && name.startsWith(prefix) && name.endsWith(TEMPORARY)
				&& attributes.lastModifiedTime().toInstant().isBefore(before);
	}

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
		 * Returns who, besides the owner, may create, rename and delete files in a
		 * directory; null if only the owner may, or if the permissions aren't known.
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
		 * Returns whether the file system keeps other users from reading and changing a
		 * file that was created by this class.
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

}
