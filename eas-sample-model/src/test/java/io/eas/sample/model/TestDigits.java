package io.eas.sample.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

import io.eas.sample.model.network.Network;
import io.eas.sample.model.network.NetworkFile;
import io.eas.sample.model.training.DigitSet;

/**
 * The 10,000 test images of MNIST, and the model in the jar.
 */
public final class TestDigits {

	/** The test images. */
	public static final DigitSet ALL = digits();

	/** The trained network. */
	public static final Network NETWORK = network();

	private TestDigits() {
	}

	private static DigitSet digits() {
		try {
			return DigitSet.read(bytes("/mnist/t10k-images-idx3-ubyte.gz"), bytes("/mnist/t10k-labels-idx1-ubyte.gz"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Network network() {
		try (InputStream in = open("/digits.bin")) {
			return NetworkFile.read(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] bytes(String resource) throws IOException {
		try (InputStream in = open(resource)) {
			return in.readAllBytes();
		}
	}

	private static InputStream open(String resource) {
		return Objects.requireNonNull(TestDigits.class.getResourceAsStream(resource), resource);
	}

}
