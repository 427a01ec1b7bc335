package io.eas.protobuf;

import com.google.protobuf.ByteString;
import io.eas.protobuf.pytorch.ArrayDataType;
import io.eas.protobuf.pytorch.ArrayProto;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PyTorchTensorsTests {

	@Test
	void readsFloatsBack() {
		ArrayProto tensor = PyTorchTensors.of(new float[] { 1.5f, -2 }, 2, 1);
		assertThat(tensor.getDtype()).isEqualTo(ArrayDataType.DT_FLOAT);
		assertThat(PyTorchTensors.shape(tensor)).containsExactly(2, 1);
		assertThat(PyTorchTensors.floats(tensor)).containsExactly(1.5f, -2);
	}

	@Test
	void readsNumbersOfEveryOtherTypeBack() {
		assertThat(PyTorchTensors.doubles(PyTorchTensors.of(new double[] { 0.1 }, 1))).containsExactly(0.1);
		assertThat(PyTorchTensors.ints(PyTorchTensors.of(new int[] { -1 }, 1))).containsExactly(-1);
		assertThat(PyTorchTensors.longs(PyTorchTensors.of(new long[] { -1 }, 1))).containsExactly(-1);
	}

	@Test
	void readsTextsAndBytesBack() {
		ArrayProto tensor = PyTorchTensors.of(new String[] { "七" }, 1);
		assertThat(PyTorchTensors.strings(tensor)).containsExactly("七");
		ByteString notText = ByteString.fromHex("ff00");
		assertThat(PyTorchTensors.bytes(PyTorchTensors.of(new ByteString[] { notText }, 1))).containsExactly(notText);
	}

	@Test
	void mismatchOfShapeAndCountIsRefusedWithBoth() {
		assertThatIllegalArgumentException().isThrownBy(() -> PyTorchTensors.of(new float[5], 2, 3))
			.withMessage("shape [2, 3] holds 6 value(s), but 5 were given");
	}

	@Test
	void readingAnotherTypeIsRefusedWithBothTypes() {
		ArrayProto tensor = PyTorchTensors.of(new int[] { 1 }, 1);
		assertThatIllegalArgumentException().isThrownBy(() -> PyTorchTensors.floats(tensor))
			.withMessage("tensor holds DT_INT32, not DT_FLOAT");
	}

}
