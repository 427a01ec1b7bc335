package io.eas.protobuf;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.eas.protobuf.tensorflow.ArrayDataType;
import io.eas.protobuf.tensorflow.PredictRequest;
import io.eas.protobuf.tensorflow.PredictResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The field numbers and the packing that the platform's processors expect.
 */
class WireFormatTests {

	@Test
	void tensorIsWrittenAsTheExpectedBytes() {
		byte[] bytes = Tensors.of(new float[] { 1, -2 }, 1, 2).toByteArray();
		// dtype 1 | array_shape { dim [1, 2] } | float_val [1, -2]
		assertThat(HexFormat.of().formatHex(bytes))
			.isEqualTo("0801" + "1204" + "0a020102" + "1a08" + "0000803f000000c0");
	}

	@Test
	void writesEachTypeToItsField() {
		assertThat(hex(Tensors.of(new double[] { 1 }, 1))).isEqualTo("0802" + "12030a0101" + "2208000000000000f03f");
		assertThat(hex(Tensors.of(new int[] { 300 }, 1))).isEqualTo("0803" + "12030a0101" + "2a02ac02");
		assertThat(hex(Tensors.of(new String[] { "a" }, 1))).isEqualTo("0807" + "12030a0101" + "320161");
		assertThat(hex(Tensors.of(new long[] { 300 }, 1))).isEqualTo("0809" + "12030a0101" + "3a02ac02");
		assertThat(hex(Tensors.of(new boolean[] { true }, 1))).isEqualTo("080a" + "12030a0101" + "420101");
	}

	@Test
	void numbersOfTypesAreThoseOfThePlatform() {
		assertThat(ArrayDataType.values()).extracting(Enum::name)
			.containsExactly("DT_INVALID", "DT_FLOAT", "DT_DOUBLE", "DT_INT32", "DT_UINT8", "DT_INT16", "DT_INT8",
					"DT_STRING", "DT_COMPLEX64", "DT_INT64", "DT_BOOL", "DT_QINT8", "DT_QUINT8", "DT_QINT32",
					"DT_BFLOAT16", "DT_QINT16", "DT_QUINT16", "DT_UINT16", "DT_COMPLEX128", "DT_HALF", "DT_RESOURCE",
					"DT_VARIANT", "UNRECOGNIZED");
		assertThat(ArrayDataType.DT_VARIANT.getNumber()).isEqualTo(21);
		assertThat(io.eas.protobuf.pytorch.ArrayDataType.values()).extracting(Enum::name)
			.containsExactlyElementsOf(Arrays.stream(ArrayDataType.values()).map(Enum::name).toList());
	}

	@Test
	void writesTheTensorFlowRequest() throws IOException {
		PredictRequest request = TensorFlowRequest.signature("predict_images")
			.input("images", new float[] { 1, -2 }, 1, 2)
			.output("scores")
			.build();
		byte[] entry = entry("images");
		assertThat(request.toByteArray()).isEqualTo(Wire.bytes((out) -> {
			out.writeString(1, "predict_images");
			out.writeByteArray(2, entry);
			out.writeString(3, "scores");
		}));
	}

	@Test
	void readsTheTensorFlowResponse() throws IOException {
		byte[] entry = entry("scores");
		byte[] answer = Wire.bytes((out) -> out.writeByteArray(1, entry));
		PredictResponse response = PredictResponse.parseFrom(answer);
		assertThat(Tensors.floats(response.getOutputsOrThrow("scores"))).containsExactly(1, -2);
	}

	@Test
	void writesThePyTorchRequest() throws IOException {
		byte[] tensor = tensor();
		byte[] entry = entry("mask");
		byte[] expected = Wire.bytes((out) -> {
			out.writeByteArray(1, tensor);
			out.writeByteArray(2, new byte[] { 3 });
			out.writeByteArray(3, entry);
			out.writeInt32(100, 7);
		});
		io.eas.protobuf.pytorch.PredictRequest request = new PyTorchRequest().input(new float[] { 1, -2 }, 1, 2)
			.input("mask", PyTorchTensors.of(new float[] { 1, -2 }, 1, 2))
			.output(3)
			.build();
		assertThat(request.toBuilder().setDebugLevel(7).build().toByteArray()).isEqualTo(expected);
	}

	@Test
	void readsThePyTorchResponse() throws IOException {
		byte[] tensor = tensor();
		byte[] entry = entry("scores");
		byte[] answer = Wire.bytes((out) -> {
			out.writeByteArray(1, tensor);
			out.writeByteArray(2, entry);
		});
		var response = io.eas.protobuf.pytorch.PredictResponse.parseFrom(answer);
		assertThat(PyTorchTensors.floats(response.getOutputs(0))).containsExactly(1, -2);
		assertThat(PyTorchTensors.floats(response.getMapOutputsOrThrow("scores"))).containsExactly(1, -2);
	}

	@Test
	void readsThePythonExample() throws IOException {
		float[] ones = new float[784];
		Arrays.fill(ones, 1);
		byte[] floats = Wire.floats(ones);
		byte[] shape = Wire.bytes((out) -> out.writeByteArray(1, Wire.varints(1, 784)));
		byte[] images = Wire.bytes((out) -> {
			out.writeEnum(1, 1);
			out.writeByteArray(2, shape);
			out.writeByteArray(3, floats);
		});
		byte[] sent = Wire.bytes((out) -> {
			out.writeString(1, "predict_images");
			out.writeByteArray(2, entry("images", images));
		});
		assertThat(TensorFlowRequest.signature("predict_images").input("images", ones, 1, 784).build())
			.isEqualTo(PredictRequest.parseFrom(sent));
	}

	@Test
	void tensorFlowAndPyTorchMessagesAreDistinct() {
		assertThat(PredictRequest.getDescriptor().getFullName()).isEqualTo("PredictRequest");
		assertThat(io.eas.protobuf.pytorch.PredictRequest.getDescriptor().getFullName())
			.isEqualTo("pytorch.eas.PredictRequest");
	}

	private static byte[] tensor() throws IOException {
		byte[] shape = Wire.bytes((out) -> out.writeByteArray(1, Wire.varints(1, 2)));
		return Wire.bytes((out) -> {
			out.writeEnum(1, 1);
			out.writeByteArray(2, shape);
			out.writeByteArray(3, Wire.floats(1, -2));
		});
	}

	private static byte[] entry(String name) throws IOException {
		return entry(name, tensor());
	}

	private static byte[] entry(String name, byte[] tensor) throws IOException {
		return Wire.bytes((out) -> {
			out.writeString(1, name);
			out.writeBytes(2, ByteString.copyFrom(tensor));
		});
	}

	private static String hex(Message message) {
		return HexFormat.of().formatHex(message.toByteArray());
	}

}
