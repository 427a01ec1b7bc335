package io.eas.sample.model.training;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import io.eas.sample.model.network.Network;

/**
 * Writes the first images of a set as a gzipped pair of idx files.
 */
final class Excerpt {

	private static final int SIDE = 28;

	private Excerpt() {
	}

	/**
	 * Writes {@code digits-<count>-images-idx3-ubyte.gz} and
	 * {@code digits-<count>-labels-idx1-ubyte.gz}.
	 */
	static void write(DigitSet set, int count, Path directory) throws IOException {
		if (count < 1 || count > set.size()) {
			throw new IllegalArgumentException("count must be between 1 and " + set.size() + ", was " + count);
		}
		Files.createDirectories(directory);
		try (DataOutputStream images = open(directory.resolve("digits-" + count + "-images-idx3-ubyte.gz"));
				DataOutputStream labels = open(directory.resolve("digits-" + count + "-labels-idx1-ubyte.gz"))) {
			header(images, DigitSet.IMAGES_MAGIC, count, SIDE, Network.PIXELS / SIDE);
			header(labels, DigitSet.LABELS_MAGIC, count);
			for (int i = 0; i < count; i++) {
				images.write(set.image(i));
				labels.writeByte(set.label(i));
			}
		}
	}

	private static DataOutputStream open(Path file) throws IOException {
		OutputStream out = Files.newOutputStream(file);
		return new DataOutputStream(new GZIPOutputStream(out));
	}

	private static void header(DataOutputStream out, int... values) throws IOException {
		for (int value : values) {
			out.writeInt(value);
		}
	}

}
