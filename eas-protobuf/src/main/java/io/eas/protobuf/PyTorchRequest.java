package io.eas.protobuf;

import io.eas.protobuf.pytorch.ArrayProto;
import io.eas.protobuf.pytorch.PredictRequest;

/**
 * Builds the request of a PyTorch service. Not safe for use by several threads.
 *
 * <pre>
 * PredictRequest request = new PyTorchRequest().input(pixels, 1, 3, 224, 224).build();
 * </pre>
 */
public final class PyTorchRequest {

	private final PredictRequest.Builder request = PredictRequest.newBuilder();

	/**
	 * Gives a tensor to the model's next input.
	 * @param tensor the tensor, such as one of {@link PyTorchTensors}
	 * @return this request
	 */
	public PyTorchRequest input(ArrayProto tensor) {
		this.request.addInputs(tensor);
		return this;
	}

	/**
	 * Gives a tensor of type {@code DT_FLOAT} to the model's next input.
	 * @param values the values, row by row
	 * @param shape the length of each dimension, the outermost first; none for a scalar
	 * @return this request
	 * @throws IllegalArgumentException if the shape holds another number of values
	 */
	public PyTorchRequest input(float[] values, long... shape) {
		return input(PyTorchTensors.of(values, shape));
	}

	/**
	 * Gives a tensor to a named input, for a model that takes a dictionary.
	 * @param name the name of the input
	 * @param tensor the tensor, such as one of {@link PyTorchTensors}
	 * @return this request
	 */
	public PyTorchRequest input(String name, ArrayProto tensor) {
		this.request.putMapInputs(name, tensor);
		return this;
	}

	/**
	 * Asks for an output; without any such call the service answers with all of them.
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
