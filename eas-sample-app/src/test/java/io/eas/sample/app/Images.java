package io.eas.sample.app;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import javax.imageio.ImageIO;

import org.springframework.core.io.ClassPathResource;

/**
 * Images to send.
 */
final class Images {

	private Images() {
	}

	/** A file of the application's digits, such as {@code seven.png}. */
	static byte[] file(String name) {
		try {
			return new ClassPathResource("digits/" + name).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The seven as numbers from 0 to 255. */
	static int[] numbers() {
		byte[] greys = PngImage.greys(file("seven.png"));
		int[] numbers = new int[greys.length];
		Arrays.setAll(numbers, (i) -> greys[i] & 0xff);
		return numbers;
	}

	/** A PNG of one colour. */
	static byte[] png(int type, int width, int height, int argb) {
		BufferedImage image = new BufferedImage(width, height, type);
		for (int i = 0; i < width * height; i++) {
			image.setRGB(i % width, i / width, argb);
		}
		return png(image);
	}

	static byte[] png(BufferedImage image) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			ImageIO.write(image, "png", out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

}
