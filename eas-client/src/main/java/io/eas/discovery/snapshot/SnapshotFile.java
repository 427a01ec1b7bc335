package io.eas.discovery.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

import io.eas.discovery.AllowedNetworks;
import org.jspecify.annotations.Nullable;

/**
 * The file with the snapshot of a service. It is replaced atomically, so that a reader
 * finds a complete snapshot or none, even after a crash of the process or the machine,
 * and even if several processes write the file. Thread-safe. All methods may block.
 */
public final class SnapshotFile {

	/**
	 * The maximum ratio of the size of an instance in the file to its size in the
	 * discovery response. The response may omit or abbreviate values that the file
	 * contains in full.
	 */
	private static final int LONGER = 4;

	private final SnapshotDirectory directory;

	private final String name;

	private final Path file;

	private final SnapshotFormat format;

	private final int maxSize;

	private SnapshotFile(SnapshotDirectory directory, String name, SnapshotFormat format, int maxSize) {
		this.directory = directory;
		this.name = name;
		this.file = directory.resolve(name);
		this.format = format;
		this.maxSize = maxSize;
	}

	/**
	 * Opens the file of a service. The file needn't exist.
	 * @param directory the directory; a missing directory is created so that only its
	 * owner may access it
	 * @param endpoint the URL of the discovery API
	 * @param service the name of the service on EAS
	 * @param allowedNetworks the networks that instances may be in when they are read
	 * @param maxResponseSize the maximum size of a discovery response in bytes
	 * @return the file
	 * @throws IOException if the path isn't a directory, if users other than its owner
	 * may write to it, or if no file can be created in it
	 */
	public static SnapshotFile open(Path directory, String endpoint, String service, AllowedNetworks allowedNetworks,
			int maxResponseSize) throws IOException {
		SnapshotKey key = new SnapshotKey(endpoint, service);
		return new SnapshotFile(SnapshotDirectory.open(directory), key.fileName(),
				new SnapshotFormat(key, allowedNetworks), LONGER * maxResponseSize);
	}

	/**
	 * Reads the snapshot.
	 * @return the snapshot, or null if the file doesn't exist
	 * @throws IOException if the file can't be read
	 * @throws SnapshotException if the content of the file can't be used
	 */
	@Nullable Snapshot read() throws IOException {
		if (Files.notExists(this.file, LinkOption.NOFOLLOW_LINKS)) {
			return null;
		}
		if (!Files.isRegularFile(this.file, LinkOption.NOFOLLOW_LINKS)) {
			throw new SnapshotException("it is not a regular file");
		}
		if (!this.directory.owns(this.file)) {
			throw new SnapshotException("it belongs to another user, who may have written anything");
		}
		try (InputStream in = this.directory.read(this.file)) {
			byte[] bytes = in.readNBytes(this.maxSize + 1);
			if (bytes.length > this.maxSize) {
				throw new SnapshotException("it is larger than " + this.maxSize + " bytes");
			}
			return this.format.read(bytes);
		}
	}

	/**
	 * Replaces the snapshot.
	 * @param snapshot the new snapshot
	 * @throws IOException if the new snapshot can't be written; the old snapshot is then
	 * kept
	 */
	void write(Snapshot snapshot) throws IOException {
		Path next = this.directory.newFile(this.name + ".");
		try {
			try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
				ByteBuffer bytes = ByteBuffer.wrap(this.format.write(snapshot));
				while (bytes.hasRemaining()) {
					channel.write(bytes);
				}
				channel.force(true);
			}
			Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(next);
		}
	}

	/**
	 * Deletes the temporary files of processes that ended during a {@link #write}.
	 * @param before only files that were last modified before this time are deleted
	 */
	void deleteLeftovers(Instant before) {
		this.directory.deleteLeftovers(this.name + ".", before);
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

}
