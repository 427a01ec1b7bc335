package io.eas.readme;

import io.eas.client.EasClient;
import io.eas.protobuf.TensorFlowRequest;
import io.eas.protobuf.Tensors;
import io.eas.protobuf.tensorflow.PredictRequest;
import io.eas.protobuf.tensorflow.PredictResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The examples that the EAS documentation shows with the vendor's SDKs, as the README
 * shows them with this starter.
 */
final class SdkExamples {

	private final EasClient client;

	SdkExamples(EasClient client) {
		this.client = client;
	}

	Mono<float[]> python(float[] pixels) {
		PredictRequest request = TensorFlowRequest.signature("predict_images").input("images", pixels, 1, 784).build();
		return this.client.predict(request, PredictResponse.class)
			.map((response) -> Tensors.floats(response.getOutputsOrThrow("scores")));
	}

	Mono<String> java() {
		return this.client.predict("[{\"money_credit\": 3000000}, {\"money_credit\": 10000}]", String.class);
	}

	Flux<String> go() {
		return Flux.range(0, 100).concatMap((i) -> this.client.predict("[{\"fea1\": 1, \"fea2\": 2}]", String.class));
	}

}
