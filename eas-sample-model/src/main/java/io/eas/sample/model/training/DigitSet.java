package io.eas.sample.model.training;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

import io.eas.sample.model.network.Accuracy;
import io.eas.sample.model.network.Network;

/**
 * Images of digits with their labels, read from a pair of idx files as in MNIST, plain or
 * gzipped.
 */
public final class DigitSet {

	static final int IMAGES_MAGIC = 0x803;

	static final int LABELS_MAGIC = 0x801;

	private static final int GZIP_MAGIC = 0x1f8b;

	private final byte[] images;

	private final byte[] labels;

	private DigitSet(byte[] images, byte[] labels) {
		this.images = images;
		this.labels = labels;
	}

	/**
	 * Reads a set by the names of the original files, such as
	 * {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte} for {@code t10k}.
	 * @param directory the directory of the files
	 * @param name the first part of their names: {@code train} or {@code t10k}
	 * @return the set
	 * @throws IOException if a file is missing or has another format
	 */
	public static DigitSet read(Path directory, String name) throws IOException {
		return read(Files.readAllBytes(directory.resolve(name + "-images-idx3-ubyte")),
				Files.readAllBytes(directory.resolve(name + "-labels-idx1-ubyte")));
	}

	/**
	 * Reads a set from the content of its files.
	 * @param images the content of the file of images
	 * @param labels the content of the file of labels
	 * @return the set
	 * @throws IOException if the content has another format, or the files don't belong
	 * together
	 */
	public static DigitSet read(byte[] images, byte[] labels) throws IOException {
		try (DataInputStream image = open(images); DataInputStream label = open(labels)) {
			expect("magic of the images", IMAGES_MAGIC, image.readInt());
			expect("magic of the labels", LABELS_MAGIC, label.readInt());
			int count = image.readInt();
			expect("number of labels", count, label.readInt());
			expect("number of pixels", Network.PIXELS, image.readInt() * image.readInt());
			DigitSet set = new DigitSet(image.readAllBytes(), label.readAllBytes());
			expect("size of the labels", count, set.labels.length);
			expect("size of the images", count * Network.PIXELS, set.images.length);
			return set;
		}
	}

	private static DataInputStream open(byte[] content) throws IOException {
		InputStream in = new ByteArrayInputStream(content);
		boolean zipped = content.length > 1 && (((content[0] & 0xff) << 8) | (content[1] & 0xff)) == GZIP_MAGIC;
		return new DataInputStream(zipped ? new GZIPInputStream(in) : in);
	}

	private static void expect(String what, int expected, int actual) throws IOException {
		if (actual != expected) {
			throw new IOException("not a pair of idx files: the " + what + " is " + actual + ", not " + expected);
		}
	}

	/**
	 * Returns the number of images.
	 * @return the number of images in the set
	 */
	public int size() {
		return this.labels.length;
	}

	/**
	 * Returns an image as stored in the files.
	 * @param index the position of the image, from 0
	 * @return a new array of 784 grey values, row by row
	 */
	public byte[] image(int index) {
		return Arrays.copyOfRange(this.images, index * Network.PIXELS, (index + 1) * Network.PIXELS);
	}

	/**
	 * Returns an image as input of a network.
	 * @param index the position of the image, from 0
	 * @return a new array of 784 values from 0 to 1, row by row
	 */
	public float[] pixels(int index) {
		float[] pixels = new float[Network.PIXELS];
		for (int i = 0; i < pixels.length; i++) {
			pixels[i] = (this.images[index * Network.PIXELS + i] & 0xff) / 255f;
		}
		return pixels;
	}

	/**
	 * Returns the label of an image.
	 * @param index the position of the image, from 0
	 * @return the digit, 0 to 9
	 */
	public int label(int index) {
		return this.labels[index];
	}

	/**
	 * Measures the accuracy of a network on all images.
	 * @param network the network
	 * @return the accuracy
	 */
	public Accuracy accuracy(Network network) {
		int right = 0;
		for (int i = 0; i < size(); i++) {
			right += (Network.best(network.scores(pixels(i))) == label(i)) ? 1 : 0;
		}
		return new Accuracy(right, size());
	}

}
