package io.eas.sample.app;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

import org.jspecify.annotations.Nullable;

/**
 * Converts a PNG of 28 by 28 pixels to the bytes that the model accepts. As in MNIST, the
 * digit is white on black. Colours are converted to grey, and transparent pixels to
 * black.
 */
final class PngImage {

	private PngImage() {
	}

	/**
	 * Reads the grey values.
	 * @param png the file
	 * @return one byte per pixel, row by row
	 * @throws BadImageException if the file isn't a PNG or has another size
	 */
	static byte[] greys(byte[] png) {
		ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
		try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
			reader.setInput(in, true, true);
			// checked before the pixels are read, because the pixels might not fit into
			// memory
			checkSize(read(() -> reader.getWidth(0)), read(() -> reader.getHeight(0)));
			return greys(read(() -> reader.read(0)));
		}
		catch (IOException ex) {
			throw unreadable(ex.getMessage(), ex);
		}
		finally {
			reader.dispose();
		}
	}

	/**
	 * Runs a step of reading and converts its exceptions. For a damaged file, the JDK's
	 * reader may throw unchecked exceptions.
	 */
	private static <T> T read(Step<T> step) {
		try {
			return step.take();
		}
		catch (IOException ex) {
			throw unreadable(ex.getMessage(), ex);
		}
		catch (RuntimeException ex) {
			throw unreadable(null, ex);
		}
	}

	private static BadImageException unreadable(@Nullable String why, Exception cause) {
		return new BadImageException(
				"the body is not a PNG that can be read: " + ((why != null) ? why : "it is damaged"), cause);
	}

	private static void checkSize(int width, int height) {
		if (width != Image.SIDE || height != Image.SIDE) {
			throw new BadImageException("the PNG has " + width + " x " + height
					+ " pixels, expected 28 x 28 with the digit white on black");
		}
	}

	private static byte[] greys(BufferedImage image) {
		byte[] greys = new byte[Image.SIDE * Image.SIDE];
		for (int i = 0; i < greys.length; i++) {
			greys[i] = (byte) grey(image, i % Image.SIDE, i / Image.SIDE);
		}
		return greys;
	}

	private static int grey(BufferedImage image, int x, int y) {
		int colour = image.getRGB(x, y);
		int alpha = colour >>> 24;
		return (isGrey(image) ? sample(image, x, y) : luma(colour)) * alpha / 255;
	}

	private static boolean isGrey(BufferedImage image) {
		return image.getRaster().getNumBands() <= 2 && !(image.getColorModel() instanceof IndexColorModel);
	}

	/**
	 * Returns the grey value as it is stored in the file. Conversion to a colour would
	 * change the brightness.
	 */
	private static int sample(BufferedImage image, int x, int y) {
		return image.getRaster().getSample(x, y, 0) >> (image.getColorModel().getComponentSize(0) - 8);
	}

	private static int luma(int colour) {
		return (299 * (colour >> 16 & 0xff) + 587 * (colour >> 8 & 0xff) + 114 * (colour & 0xff)) / 1000;
	}

	/** A step that reads a part of the file. */
	@FunctionalInterface
	private interface Step<T> {

		T take() throws IOException;

	}

}
