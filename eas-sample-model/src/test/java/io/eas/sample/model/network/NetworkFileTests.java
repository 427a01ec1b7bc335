package io.eas.sample.model.network;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.eas.sample.model.TestDigits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NetworkFileTests {

	private final byte[] file = write(TestDigits.NETWORK);

	@Test
	void readsWhatItWrote() throws IOException {
		Network read = NetworkFile.read(new ByteArrayInputStream(this.file));
		assertThat(read.accuracy()).isEqualTo(TestDigits.NETWORK.accuracy());
		assertThat(write(read)).isEqualTo(this.file);
	}

	@Test
	void fileIsSmallerThanAMegabyte() {
		assertThat(this.file).hasSizeLessThanOrEqualTo(1_000_000);
	}

	@Test
	void refusesATruncatedFile() {
		for (int length : new int[] { 0, 3, 11, 30, 5000, this.file.length - 1 }) {
			refuses(Arrays.copyOf(this.file, length), "the file ends too early");
		}
	}

	@Test
	void refusesAChangedWeight() {
		this.file[this.file.length / 2] ^= 1;
		refuses(this.file, "its checksum is ");
	}

	@Test
	void refusesSurplusBytes() {
		refuses(Arrays.copyOf(this.file, this.file.length + 1), "its end is 0");
	}

	@Test
	void refusesOtherFiles() {
		refuses("<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII), "its magic is 3c21444f, not 44475453");
	}

	@Test
	void refusesAnotherVersion() {
		refuses(with(4, 2), "its version is 2, not 1");
	}

	@Test
	void refusesAnInvalidAccuracy() {
		refuses(with(8, 10_001), "10001 of 10000 images is not a valid accuracy");
	}

	@Test
	void refusesInvalidNumbersOfLayersAndWidthsBeforeAllocation() {
		refuses(with(16, Integer.MAX_VALUE), "its number of layers is 2147483647, not between 1 and 16");
		refuses(with(24, -1), "its width of layer 1 is -1, not between 1 and 4096");
	}

	private byte[] with(int offset, int value) {
		return ByteBuffer.wrap(this.file.clone()).putInt(offset, value).array();
	}

	private static void refuses(byte[] file, String message) {
		assertThatExceptionOfType(DamagedNetworkException.class)
			.isThrownBy(() -> NetworkFile.read(new ByteArrayInputStream(file)))
			.withMessageStartingWith(message);
	}

	private static byte[] write(Network network) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			NetworkFile.write(network, out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

}
