package io.eas.sample.app.walkthrough;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

import org.springframework.core.io.ClassPathResource;

/**
 * A handwritten digit that was not in the model's training data.
 *
 * @param label the digit it shows
 * @param greys its 784 grey values, row by row
 */
record TestDigit(int label, byte[] greys) {

	private static final int PIXELS = 28 * 28;

	private static final int IMAGES_HEADER = 16;

	private static final int LABELS_HEADER = 8;

	/**
	 * Returns the test digits of this application, from a pair of gzipped idx files.
	 */
	static List<TestDigit> all() {
		try (DataInputStream images = open("digits/digits-200-images-idx3-ubyte.gz");
				DataInputStream labels = open("digits/digits-200-labels-idx1-ubyte.gz")) {
			images.skipNBytes(IMAGES_HEADER);
			labels.skipNBytes(LABELS_HEADER);
			List<TestDigit> digits = new ArrayList<>();
			for (byte label : labels.readAllBytes()) {
				digits.add(new TestDigit(label, images.readNBytes(PIXELS)));
			}
			return digits;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static DataInputStream open(String resource) throws IOException {
		return new DataInputStream(new GZIPInputStream(new ClassPathResource(resource).getInputStream()));
	}

}
