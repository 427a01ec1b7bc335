package io.eas.sample.app;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PngImageTests {

	@Test
	void greyValuesAreReadUnchanged() {
		BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
		for (int i = 0; i < 784; i++) {
			image.getRaster().setSample(i % 28, i / 28, 0, i % 256);
		}
		byte[] expected = new byte[784];
		for (int i = 0; i < 784; i++) {
			expected[i] = (byte) i;
		}
		assertThat(PngImage.greys(Images.png(image))).isEqualTo(expected);
	}

	@Test
	void sixteenBitGreyValuesBecomeEightBit() {
		BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_USHORT_GRAY);
		image.getRaster().setSample(0, 0, 0, 0xabcd);
		assertThat(PngImage.greys(Images.png(image))).startsWith(0xab, 0);
	}

	@ParameterizedTest
	@CsvSource({ "ffffffff,255", "ff000000,0", "ff808080,128", "ffff0000,76", "ff00ff00,149", "ff0000ff,29",
			"00ffffff,0", "80ffffff,128" })
	void coloursBecomeGreyAndTransparentPixelsBlack(String argb, int grey) {
		byte[] png = Images.png(BufferedImage.TYPE_INT_ARGB, 28, 28, Integer.parseUnsignedInt(argb, 16));
		byte[] expected = new byte[784];
		Arrays.fill(expected, (byte) grey);
		assertThat(PngImage.greys(png)).isEqualTo(expected);
	}

	@Test
	void blackAndWhiteIsReadToo() {
		byte[] png = Images.png(BufferedImage.TYPE_BYTE_BINARY, 28, 28, 0xffffffff);
		assertThat(PngImage.greys(png)).containsOnly(255);
	}

	@Test
	void otherSizeIsRefusedBeforeThePixelsAreRead() {
		byte[] png = Images.png(BufferedImage.TYPE_BYTE_GRAY, 28, 28, 0);
		png[18] = 0x7f;
		CRC32 crc = new CRC32();
		crc.update(png, 12, 17);
		for (int i = 0; i < 4; i++) {
			png[29 + i] = (byte) (crc.getValue() >> (24 - 8 * i));
		}
		assertThatExceptionOfType(BadImageException.class).isThrownBy(() -> PngImage.greys(png))
			.withMessageContaining("x 28 pixels, expected 28 x 28");
	}

	@ParameterizedTest
	@MethodSource("files")
	void damagedFileIsEitherReadOrRefused(byte[] png) {
		int refused = 0;
		for (int bit = 0; bit < 8 * png.length; bit++) {
			byte[] damaged = png.clone();
			damaged[bit / 8] ^= (byte) (1 << bit % 8);
			refused += isRefused(damaged) ? 1 : 0;
			damaged[bit / 8] = (byte) (bit * 37);
			damaged[(bit * 31) % png.length] ^= (byte) 0xff;
			refused += isRefused(damaged) ? 1 : 0;
		}
		assertThat(refused).isPositive();
	}

	static Stream<byte[]> files() {
		return Stream.concat(Stream.of(Images.file("seven.png")),
				IntStream
					.of(BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_INDEXED,
							BufferedImage.TYPE_USHORT_GRAY)
					.mapToObj((type) -> Images.png(type, 28, 28, 0xff808080)));
	}

	private static boolean isRefused(byte[] png) {
		try {
			assertThat(PngImage.greys(png)).hasSize(784);
			return false;
		}
		catch (BadImageException ex) {
			assertThat(ex).message().doesNotContain("null");
			return true;
		}
	}

	@Test
	void truncatedFileIsRefused() {
		byte[] png = Images.file("seven.png");
		for (int length = 0; length < png.length / 2; length++) {
			byte[] half = Arrays.copyOf(png, length);
			assertThatExceptionOfType(BadImageException.class).isThrownBy(() -> PngImage.greys(half))
				.withMessageStartingWith("the body is not a PNG");
		}
	}

}
