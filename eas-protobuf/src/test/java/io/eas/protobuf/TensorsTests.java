package io.eas.protobuf;

import com.google.protobuf.ByteString;
import io.eas.protobuf.tensorflow.ArrayDataType;
import io.eas.protobuf.tensorflow.ArrayProto;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TensorsTests {

	@Test
	void readsFloatsBack() {
		ArrayProto tensor = Tensors.of(new float[] { 1.5f, -2, Float.NaN, 0, 3, 4 }, 2, 3);
		assertThat(tensor.getDtype()).isEqualTo(ArrayDataType.DT_FLOAT);
		assertThat(Tensors.shape(tensor)).containsExactly(2, 3);
		assertThat(Tensors.floats(tensor)).containsExactly(1.5f, -2, Float.NaN, 0, 3, 4);
	}

	@Test
	void readsDoublesBack() {
		assertThat(Tensors.doubles(Tensors.of(new double[] { 0.1, -1e300 }, 2))).containsExactly(0.1, -1e300);
	}

	@Test
	void readsIntsBack() {
		int[] values = { Integer.MIN_VALUE, -1, 7 };
		assertThat(Tensors.ints(Tensors.of(values, 3, 1))).containsExactly(values);
	}

	@Test
	void readsSmallIntegersFromTheirSharedField() {
		ArrayProto tensor = ArrayProto.newBuilder().setDtype(ArrayDataType.DT_UINT8).addIntVal(255).build();
		assertThat(Tensors.ints(tensor)).containsExactly(255);
	}

	@Test
	void readsLongsBack() {
		assertThat(Tensors.longs(Tensors.of(new long[] { Long.MAX_VALUE, -1 }, 2))).containsExactly(Long.MAX_VALUE, -1);
	}

	@Test
	void readsBooleansBack() {
		assertThat(Tensors.booleans(Tensors.of(new boolean[] { true, false }, 2))).containsExactly(true, false);
	}

	@Test
	void readsTextsBack() {
		assertThat(Tensors.strings(Tensors.of(new String[] { "seven", "七" }, 2))).containsExactly("seven", "七");
	}

	@Test
	void readsBytesBack() {
		ByteString notText = ByteString.fromHex("ff00fe");
		assertThat(Tensors.bytes(Tensors.of(new ByteString[] { notText }, 1))).containsExactly(notText);
	}

	@Test
	void missingShapeMeansAScalar() {
		ArrayProto tensor = Tensors.of(new float[] { 42 });
		assertThat(Tensors.shape(tensor)).isEmpty();
		assertThat(Tensors.floats(tensor)).containsExactly(42);
	}

	@Test
	void emptyShapeIsAccepted() {
		assertThat(Tensors.floats(Tensors.of(new float[0], 0, 784))).isEmpty();
	}

	@Test
	void mismatchOfShapeAndCountIsRefusedWithBoth() {
		assertThatIllegalArgumentException().isThrownBy(() -> Tensors.of(new float[783], 1, 784))
			.withMessage("shape [1, 784] holds 784 value(s), but 783 were given");
	}

	@Test
	void refusesSeveralValuesWithoutAShape() {
		assertThatIllegalArgumentException().isThrownBy(() -> Tensors.of(new int[] { 1, 2 }))
			.withMessage("shape [] holds 1 value(s), but 2 were given");
	}

	@Test
	void refusesANegativeDimension() {
		assertThatIllegalArgumentException().isThrownBy(() -> Tensors.of(new float[1], -1, -1))
			.withMessageContaining("shape [-1, -1] has a negative dimension");
	}

	@Test
	void refusesAShapeThatIsTooLarge() {
		assertThatIllegalArgumentException().isThrownBy(() -> Tensors.of(new float[0], Long.MAX_VALUE, 2))
			.withMessageContaining("more values than a long can count");
	}

	@Test
	void readingAnotherTypeIsRefusedWithBothTypes() {
		assertThatIllegalArgumentException().isThrownBy(() -> Tensors.floats(Tensors.of(new double[] { 1 }, 1)))
			.withMessage("tensor holds DT_DOUBLE, not DT_FLOAT");
	}

	@Test
	void unknownTypeIsNamedByItsNumber() {
		ArrayProto tensor = ArrayProto.newBuilder().setDtypeValue(99).build();
		assertThatIllegalArgumentException().isThrownBy(() -> Tensors.ints(tensor))
			.withMessage("tensor holds type 99, not DT_INT32 or DT_INT16 or DT_INT8 or DT_UINT8");
	}

}
