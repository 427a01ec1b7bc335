package io.eas.sample.model.training;

import java.util.SplittableRandom;

/**
 * Moves an image by up to two pixels, so that the network learns the digit and not its
 * position.
 */
final class Shift {

	private static final int SIDE = 28;

	private static final int REACH = 2;

	private Shift() {
	}

	static float[] random(float[] pixels, SplittableRandom random) {
		return by(random.nextInt(-REACH, REACH + 1), random.nextInt(-REACH, REACH + 1), pixels);
	}

	/**
	 * Moves an image right and down. Pixels that leave the image are lost; pixels that
	 * enter are background.
	 */
	static float[] by(int right, int down, float[] pixels) {
		float[] shifted = new float[pixels.length];
		int width = SIDE - Math.abs(right);
		for (int row = Math.max(0, down); row < SIDE + Math.min(0, down); row++) {
			System.arraycopy(pixels, (row - down) * SIDE + Math.max(0, -right), shifted,
					row * SIDE + Math.max(0, right), width);
		}
		return shifted;
	}

}
