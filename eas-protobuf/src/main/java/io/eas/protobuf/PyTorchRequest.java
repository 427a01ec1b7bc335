package io.eas.protobuf;

import io.eas.protobuf.pytorch.ArrayProto;
import io.eas.protobuf.pytorch.PredictRequest;

/**
 * Builds a request for a PyTorch service. Not thread-safe.
 *
 * <pre>
 * PredictRequest request = new PyTorchRequest().input(pixels, 1, 3, 224, 224).build();
 * </pre>
 *
 */
public final class PyTorchRequest {

	private final PredictRequest.Builder request = PredictRequest.newBuilder();

	/**
	 * Adds a tensor for the model's next input.
	 * @param tensor the tensor, such as one of {@link PyTorchTensors}
	 * @return this request
	 */
	public PyTorchRequest input(ArrayProto tensor) {
		this.request.addInputs(tensor);
		return this;
	}

	/**
	 * Adds a tensor of type {@code DT_FLOAT} for the model's next input.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return this request
	 * @throws IllegalArgumentException if the number of values doesn't match the shape
	 */
	public PyTorchRequest input(float[] values, long... shape) {
		return input(PyTorchTensors.of(values, shape));
	}

	/**
	 * Adds a tensor for a named input, for a model that takes a dictionary.
	 * @param name the name of the input
	 * @param tensor the tensor, such as one of {@link PyTorchTensors}
	 * @return this request
	 */
	public PyTorchRequest input(String name, ArrayProto tensor) {
		this.request.putMapInputs(name, tensor);
		return this;
	}

	/**
	 * Requests an output. Without a call of this method, the service returns all outputs.
	 * @param position the position of the output, from 0
	 * @return this request
	 */
	public PyTorchRequest output(int position) {
		this.request.addOutputFilter(position);
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
