package io.eas.protobuf;

import java.util.Arrays;

import io.eas.protobuf.tensorflow.ArrayShape;

/**
 * The shape of a tensor: the length of each dimension, the outermost first; none for a
 * scalar.
 */
final class Shape {

	private final long[] dimensions;

	private Shape(long[] dimensions) {
		this.dimensions = dimensions;
	}

	static Shape of(long... dimensions) {
		for (long dimension : dimensions) {
			if (dimension < 0) {
				throw new IllegalArgumentException("shape " + Arrays.toString(dimensions)
						+ " has a negative dimension; give the length of each dimension");
			}
		}
		return new Shape(dimensions.clone());
	}

	/**
	 * Builds the message and checks that the number of values matches this shape.
	 */
	ArrayShape forValues(int count) {
		if (size() != count) {
			throw new IllegalArgumentException("shape " + Arrays.toString(this.dimensions) + " holds " + size()
					+ " value(s), but " + count + " were given");
		}
		ArrayShape.Builder shape = ArrayShape.newBuilder();
		for (long dimension : this.dimensions) {
			shape.addDim(dimension);
		}
		return shape.build();
	}

	private long size() {
		try {
			return Arrays.stream(this.dimensions).reduce(1, Math::multiplyExact);
		}
		catch (ArithmeticException ex) {
			throw new IllegalArgumentException(
					"shape " + Arrays.toString(this.dimensions) + " holds more values than a long can count", ex);
		}
	}

}
