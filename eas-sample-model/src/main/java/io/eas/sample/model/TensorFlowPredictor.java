package io.eas.sample.model;

import java.util.Arrays;
import java.util.Map;

import com.google.protobuf.InvalidProtocolBufferException;
import io.eas.protobuf.Tensors;
import io.eas.protobuf.tensorflow.ArrayDataType;
import io.eas.protobuf.tensorflow.ArrayProto;
import io.eas.protobuf.tensorflow.PredictRequest;
import io.eas.protobuf.tensorflow.PredictResponse;
import io.eas.sample.model.network.Network;

/**
 * Answers TensorFlow requests with the signature {@code predict_images}. The input
 * {@code images} has the type {@code DT_FLOAT} and the shape [n, 784], and the output
 * {@code scores} the shape [n, 10].
 */
final class TensorFlowPredictor {

	private static final String SIGNATURE = "predict_images";

	private static final String INPUT = "images";

	private static final String OUTPUT = "scores";

	private TensorFlowPredictor() {
	}

	static PredictResponse predict(Network network, byte[] body) {
		float[] pixels = pixels(read(body));
		int count = pixels.length / Network.PIXELS;
		float[] scores = new float[count * Network.CLASSES];
		for (int i = 0; i < count; i++) {
			float[] image = Arrays.copyOfRange(pixels, i * Network.PIXELS, (i + 1) * Network.PIXELS);
			float[] found = network.scores(Pixels.ofNumbers(image, INPUT + "[" + i + "]"));
			System.arraycopy(found, 0, scores, i * Network.CLASSES, Network.CLASSES);
		}
		ArrayProto output = Tensors.of(scores, count, Network.CLASSES);
		return PredictResponse.newBuilder().putOutputs(OUTPUT, output).build();
	}

	private static PredictRequest read(byte[] body) {
		try {
			return PredictRequest.parseFrom(body);
		}
		catch (InvalidProtocolBufferException ex) {
			throw new BadInputException("the body of " + body.length + " bytes is neither an image (" + Network.PIXELS
					+ " bytes) nor JSON (starts with { or [) nor a TensorFlow PredictRequest (" + ex.getMessage() + ")",
					ex);
		}
	}

	private static float[] pixels(PredictRequest request) {
		check("signature_name", SIGNATURE, request.getSignatureName());
		Map<String, ArrayProto> inputs = request.getInputsMap();
		for (String name : inputs.keySet()) {
			check("input", INPUT, name);
		}
		for (String name : request.getOutputFilterList()) {
			check("output_filter", OUTPUT, name);
		}
		ArrayProto images = inputs.get(INPUT);
		if (images == null) {
			throw new BadInputException("the request has no input, expected '" + INPUT + "'");
		}
		return pixels(images);
	}

	private static float[] pixels(ArrayProto images) {
		if (images.getDtype() != ArrayDataType.DT_FLOAT) {
			throw new BadInputException("input 'images' has dtype " + images.getDtype() + ", expected DT_FLOAT");
		}
		long[] shape = Tensors.shape(images);
		if (shape.length != 2 || shape[0] < 1 || shape[1] != Network.PIXELS) {
			throw new BadInputException(
					"input 'images' has shape " + Arrays.toString(shape) + ", expected [n, 784] with n at least 1");
		}
		if (images.getFloatValCount() / Network.PIXELS != shape[0] || images.getFloatValCount() % Network.PIXELS != 0) {
			throw new BadInputException("input 'images' of shape " + Arrays.toString(shape) + " has "
					+ images.getFloatValCount() + " values");
		}
		return Tensors.floats(images);
	}

	private static void check(String what, String expected, String actual) {
		if (!actual.equals(expected)) {
			throw new BadInputException(what + " is '" + actual + "', expected '" + expected + "'");
		}
	}

}
