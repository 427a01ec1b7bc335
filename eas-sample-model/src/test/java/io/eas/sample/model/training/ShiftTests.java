package io.eas.sample.model.training;

import io.eas.sample.model.network.Network;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShiftTests {

	@Test
	void movesAPixelRightAndDown() {
		assertThat(Shift.by(2, 1, dot(3, 4))).containsExactly(dot(4, 6));
	}

	@Test
	void movesAPixelLeftAndUp() {
		assertThat(Shift.by(-2, -1, dot(3, 4))).containsExactly(dot(2, 2));
	}

	@Test
	void pixelsThatLeaveTheImageAreLost() {
		assertThat(Shift.by(1, 0, dot(3, 27))).containsOnly(0);
		assertThat(Shift.by(0, 2, dot(27, 3))).containsOnly(0);
		assertThat(Shift.by(-1, 0, dot(3, 0))).containsOnly(0);
		assertThat(Shift.by(0, -1, dot(0, 3))).containsOnly(0);
	}

	private static float[] dot(int row, int column) {
		float[] pixels = new float[Network.PIXELS];
		pixels[row * 28 + column] = 1;
		return pixels;
	}

}
