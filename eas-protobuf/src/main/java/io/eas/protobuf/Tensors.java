package io.eas.protobuf;

import java.util.Arrays;
import java.util.List;

import com.google.protobuf.ByteString;
import io.eas.protobuf.tensorflow.ArrayDataType;
import io.eas.protobuf.tensorflow.ArrayProto;

/**
 * Converts Java arrays to TensorFlow tensors and back. Values are ordered row by row. All
 * methods are stateless. Creating a tensor throws an {@link IllegalArgumentException} if
 * the number of values doesn't match the shape; reading a tensor throws it if the tensor
 * has another type.
 *
 * @see PyTorchTensors
 */
public final class Tensors {

	private Tensors() {
	}

	/**
	 * Creates a tensor of type {@code DT_FLOAT}.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(float[] values, long... shape) {
		ArrayProto.Builder tensor = tensor(ArrayDataType.DT_FLOAT, values.length, shape);
		for (float value : values) {
			tensor.addFloatVal(value);
		}
		return tensor.build();
	}

	/**
	 * Creates a tensor of type {@code DT_DOUBLE}.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(double[] values, long... shape) {
		ArrayProto.Builder tensor = tensor(ArrayDataType.DT_DOUBLE, values.length, shape);
		for (double value : values) {
			tensor.addDoubleVal(value);
		}
		return tensor.build();
	}

	/**
	 * Creates a tensor of type {@code DT_INT32}.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(int[] values, long... shape) {
		ArrayProto.Builder tensor = tensor(ArrayDataType.DT_INT32, values.length, shape);
		for (int value : values) {
			tensor.addIntVal(value);
		}
		return tensor.build();
	}

	/**
	 * Creates a tensor of type {@code DT_INT64}.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(long[] values, long... shape) {
		ArrayProto.Builder tensor = tensor(ArrayDataType.DT_INT64, values.length, shape);
		for (long value : values) {
			tensor.addInt64Val(value);
		}
		return tensor.build();
	}

	/**
	 * Creates a tensor of type {@code DT_BOOL}.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(boolean[] values, long... shape) {
		ArrayProto.Builder tensor = tensor(ArrayDataType.DT_BOOL, values.length, shape);
		for (boolean value : values) {
			tensor.addBoolVal(value);
		}
		return tensor.build();
	}

	/**
	 * Creates a tensor of type {@code DT_STRING} from texts, each encoded in UTF-8.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(String[] values, long... shape) {
		return of(Arrays.stream(values).map(ByteString::copyFromUtf8).toArray(ByteString[]::new), shape);
	}

	/**
	 * Creates a tensor of type {@code DT_STRING} from byte strings, such as encoded
	 * images.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(ByteString[] values, long... shape) {
		return tensor(ArrayDataType.DT_STRING, values.length, shape).addAllStringVal(List.of(values)).build();
	}

	private static ArrayProto.Builder tensor(ArrayDataType type, int count, long... shape) {
		return ArrayProto.newBuilder().setDtype(type).setArrayShape(Shape.of(shape).forValues(count));
	}

	/**
	 * Returns the shape of a tensor.
	 * @param tensor the tensor
	 * @return the length of each dimension, the outermost first
	 */
	public static long[] shape(ArrayProto tensor) {
		return tensor.getArrayShape().getDimList().stream().mapToLong(Long::longValue).toArray();
	}

	/**
	 * Reads a tensor of type {@code DT_FLOAT}.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static float[] floats(ArrayProto tensor) {
		expect(tensor, ArrayDataType.DT_FLOAT);
		float[] values = new float[tensor.getFloatValCount()];
		for (int i = 0; i < values.length; i++) {
			values[i] = tensor.getFloatVal(i);
		}
		return values;
	}

	/**
	 * Reads a tensor of type {@code DT_DOUBLE}.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static double[] doubles(ArrayProto tensor) {
		expect(tensor, ArrayDataType.DT_DOUBLE);
		double[] values = new double[tensor.getDoubleValCount()];
		for (int i = 0; i < values.length; i++) {
			values[i] = tensor.getDoubleVal(i);
		}
		return values;
	}

	/**
	 * Reads a tensor of type {@code DT_INT32}, {@code DT_INT16}, {@code DT_INT8} or
	 * {@code DT_UINT8}.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static int[] ints(ArrayProto tensor) {
		expect(tensor, ArrayDataType.DT_INT32, ArrayDataType.DT_INT16, ArrayDataType.DT_INT8, ArrayDataType.DT_UINT8);
		int[] values = new int[tensor.getIntValCount()];
		for (int i = 0; i < values.length; i++) {
			values[i] = tensor.getIntVal(i);
		}
		return values;
	}

	/**
	 * Reads a tensor of type {@code DT_INT64}.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static long[] longs(ArrayProto tensor) {
		expect(tensor, ArrayDataType.DT_INT64);
		long[] values = new long[tensor.getInt64ValCount()];
		for (int i = 0; i < values.length; i++) {
			values[i] = tensor.getInt64Val(i);
		}
		return values;
	}

	/**
	 * Reads a tensor of type {@code DT_BOOL}.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static boolean[] booleans(ArrayProto tensor) {
		expect(tensor, ArrayDataType.DT_BOOL);
		boolean[] values = new boolean[tensor.getBoolValCount()];
		for (int i = 0; i < values.length; i++) {
			values[i] = tensor.getBoolVal(i);
		}
		return values;
	}

	/**
	 * Reads a tensor of type {@code DT_STRING} as texts in UTF-8.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static String[] strings(ArrayProto tensor) {
		return Arrays.stream(bytes(tensor)).map(ByteString::toStringUtf8).toArray(String[]::new);
	}

	/**
	 * Reads a tensor of type {@code DT_STRING} as bytes.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static ByteString[] bytes(ArrayProto tensor) {
		expect(tensor, ArrayDataType.DT_STRING);
		return tensor.getStringValList().toArray(ByteString[]::new);
	}

	private static void expect(ArrayProto tensor, ArrayDataType... types) {
		if (!List.of(types).contains(tensor.getDtype())) {
			throw new IllegalArgumentException("tensor holds "
					+ ((tensor.getDtype() == ArrayDataType.UNRECOGNIZED) ? "type " + tensor.getDtypeValue()
							: tensor.getDtype())
					+ ", not " + String.join(" or ", Arrays.stream(types).map(Enum::name).toList()));
		}
	}

}
