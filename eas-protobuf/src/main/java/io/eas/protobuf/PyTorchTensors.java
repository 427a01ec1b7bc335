package io.eas.protobuf;

import com.google.protobuf.ByteString;
import io.eas.protobuf.pytorch.ArrayProto;
import io.eas.protobuf.pytorch.ArrayShape;

/**
 * Converts Java arrays to PyTorch tensors and back, by the rules of {@link Tensors}.
 * Booleans are not supported, because PyTorch's message has no field for them.
 */
public final class PyTorchTensors {

	private PyTorchTensors() {
	}

	/**
	 * Creates a tensor of type {@code DT_FLOAT}.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(float[] values, long... shape) {
		return pyTorch(Tensors.of(values, shape));
	}

	/**
	 * Creates a tensor of type {@code DT_DOUBLE}.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(double[] values, long... shape) {
		return pyTorch(Tensors.of(values, shape));
	}

	/**
	 * Creates a tensor of type {@code DT_INT32}.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(int[] values, long... shape) {
		return pyTorch(Tensors.of(values, shape));
	}

	/**
	 * Creates a tensor of type {@code DT_INT64}.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(long[] values, long... shape) {
		return pyTorch(Tensors.of(values, shape));
	}

	/**
	 * Creates a tensor of type {@code DT_STRING} from texts, each encoded in UTF-8.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(String[] values, long... shape) {
		return pyTorch(Tensors.of(values, shape));
	}

	/**
	 * Creates a tensor of type {@code DT_STRING} from byte strings, such as encoded
	 * images.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return the tensor
	 */
	public static ArrayProto of(ByteString[] values, long... shape) {
		return pyTorch(Tensors.of(values, shape));
	}

	/**
	 * Returns the shape of a tensor.
	 * @param tensor the tensor
	 * @return the length of each dimension, the outermost first
	 */
	public static long[] shape(ArrayProto tensor) {
		return Tensors.shape(tensorFlow(tensor));
	}

	/**
	 * Reads a tensor of type {@code DT_FLOAT}.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static float[] floats(ArrayProto tensor) {
		return Tensors.floats(tensorFlow(tensor));
	}

	/**
	 * Reads a tensor of type {@code DT_DOUBLE}.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static double[] doubles(ArrayProto tensor) {
		return Tensors.doubles(tensorFlow(tensor));
	}

	/**
	 * Reads a tensor of type {@code DT_INT32}, {@code DT_INT16}, {@code DT_INT8} or
	 * {@code DT_UINT8}.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static int[] ints(ArrayProto tensor) {
		return Tensors.ints(tensorFlow(tensor));
	}

	/**
	 * Reads a tensor of type {@code DT_INT64}.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static long[] longs(ArrayProto tensor) {
		return Tensors.longs(tensorFlow(tensor));
	}

	/**
	 * Reads a tensor of type {@code DT_STRING} as texts in UTF-8.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static String[] strings(ArrayProto tensor) {
		return Tensors.strings(tensorFlow(tensor));
	}

	/**
	 * Reads a tensor of type {@code DT_STRING} as bytes.
	 * @param tensor the tensor
	 * @return its values, row by row
	 */
	public static ByteString[] bytes(ArrayProto tensor) {
		return Tensors.bytes(tensorFlow(tensor));
	}

	// The lists are copied as a whole, without boxing their values.
	private static ArrayProto pyTorch(io.eas.protobuf.tensorflow.ArrayProto tensor) {
		return ArrayProto.newBuilder()
			.setDtypeValue(tensor.getDtypeValue())
			.setArrayShape(ArrayShape.newBuilder().addAllDim(tensor.getArrayShape().getDimList()))
			.addAllFloatVal(tensor.getFloatValList())
			.addAllDoubleVal(tensor.getDoubleValList())
			.addAllIntVal(tensor.getIntValList())
			.addAllStringVal(tensor.getStringValList())
			.addAllInt64Val(tensor.getInt64ValList())
			.build();
	}

	private static io.eas.protobuf.tensorflow.ArrayProto tensorFlow(ArrayProto tensor) {
		return io.eas.protobuf.tensorflow.ArrayProto.newBuilder()
			.setDtypeValue(tensor.getDtypeValue())
			.setArrayShape(
					io.eas.protobuf.tensorflow.ArrayShape.newBuilder().addAllDim(tensor.getArrayShape().getDimList()))
			.addAllFloatVal(tensor.getFloatValList())
			.addAllDoubleVal(tensor.getDoubleValList())
			.addAllIntVal(tensor.getIntValList())
			.addAllStringVal(tensor.getStringValList())
			.addAllInt64Val(tensor.getInt64ValList())
			.build();
	}

}
