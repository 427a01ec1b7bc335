package io.eas.protobuf;

import io.eas.protobuf.tensorflow.ArrayProto;
import io.eas.protobuf.tensorflow.PredictRequest;

/**
 * Builds a request for a TensorFlow service. Not thread-safe.
 *
 * <pre>
 * PredictRequest request = TensorFlowRequest.signature("predict_images")
 *     .input("images", pixels, 1, 784)
 *     .build();
 * </pre>
 *
 */
public final class TensorFlowRequest {

	private final PredictRequest.Builder request = PredictRequest.newBuilder();

	private TensorFlowRequest() {
	}

	/**
	 * Creates a request.
	 * @param name the signature of the saved model to run; empty for the model's default
	 * @return the request, without inputs
	 */
	public static TensorFlowRequest signature(String name) {
		TensorFlowRequest request = new TensorFlowRequest();
		request.request.setSignatureName(name);
		return request;
	}

	/**
	 * Adds a tensor for an input. A second tensor for the same input replaces the first.
	 * @param name the name of the input
	 * @param tensor the tensor, such as one of {@link Tensors}
	 * @return this request
	 */
	public TensorFlowRequest input(String name, ArrayProto tensor) {
		this.request.putInputs(name, tensor);
		return this;
	}

	/**
	 * Adds a tensor of type {@code DT_FLOAT} for an input.
	 * @param name the name of the input
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return this request
	 * @throws IllegalArgumentException if the number of values doesn't match the shape
	 */
	public TensorFlowRequest input(String name, float[] values, long... shape) {
		return input(name, Tensors.of(values, shape));
	}

	/**
	 * Requests an output. Without a call of this method, the service returns all outputs.
	 * @param name the name of the output
	 * @return this request
	 */
	public TensorFlowRequest output(String name) {
		this.request.addOutputFilter(name);
		return this;
	}

	/**
	 * Builds the message.
	 * @return the message to send
	 */
	public PredictRequest build() {
		return this.request.build();
	}

}
