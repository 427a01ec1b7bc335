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
 * The file with the snapshot of one service. It is replaced as a whole, so that whoever
 * reads it, whenever a process or the machine ends, finds a whole snapshot or none; also
 * where several processes write it. Thread-safe. Blocks.
 */
public final class SnapshotFile {

	/**
	 * The most bytes that an instance takes here for each that it took in the answer,
	 * since what was left out or abbreviated there is written in full.
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
	 * The file of a service, which needn't be there.
	 * @param directory where it is; made, for its owner alone, if it isn't there
	 * @param endpoint the URL of the discovery API
	 * @param service the name on EAS
	 * @param allowedNetworks where instances may be that are read
	 * @param maxResponseSize the most bytes of an answer of discovery
	 * @return the file
	 * @throws IOException if the directory is none, others than its owner may write in
	 * it, or no file can be made in it
	 */
	public static SnapshotFile open(Path directory, String endpoint, String service, AllowedNetworks allowedNetworks,
			int maxResponseSize) throws IOException {
		SnapshotKey key = new SnapshotKey(endpoint, service);
		return new SnapshotFile(SnapshotDirectory.open(directory), key.fileName(),
				new SnapshotFormat(key, allowedNetworks), LONGER * maxResponseSize);
	}

	/**
	 * Reads the snapshot.
	 * @return the snapshot, or null if there is none
	 * @throws IOException if the file can't be read
	 * @throws SnapshotException if what it holds can't be used
	 */
	@Nullable Snapshot read() throws IOException {
		if (Files.notExists(this.file, LinkOption.NOFOLLOW_LINKS)) {
			return null;
		}
		if (!Files.isRegularFile(this.file, LinkOption.NOFOLLOW_LINKS)) {
			throw new SnapshotException("it is no regular file");
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
	 * @param snapshot the new one
	 * @throws IOException if it can't be written; the old one is still there then
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
	 * Deletes what processes left that ended in the middle of a {@link #write}.
	 * @param before how old it must be
	 */
	void deleteLeftovers(Instant before) {
		this.directory.deleteLeftovers(this.name + ".", before);
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

}
