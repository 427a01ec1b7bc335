package io.eas.sample.model;

import io.eas.protobuf.tensorflow.PredictResponse;
import io.eas.sample.model.network.Network;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handles {@code POST /api/predict/{name}} and every path below, for any name of the
 * service. An image in JSON or bytes is answered with a {@link Prediction}, and a
 * TensorFlow request with a TensorFlow response of the same content type.
 */
@RestController
class PredictController {

	private final Model model;

	private final JsonPredictor json;

	PredictController(Model model, JsonPredictor json) {
		this.model = model;
		this.json = json;
	}

	@PostMapping(path = "/api/predict/{name}/{*rest}",
			consumes = { MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE,
					MediaType.APPLICATION_OCTET_STREAM_VALUE, MediaType.APPLICATION_PROTOBUF_VALUE })
	ResponseEntity<Object> predict(
			@RequestHeader(name = HttpHeaders.CONTENT_TYPE,
					defaultValue = MediaType.APPLICATION_OCTET_STREAM_VALUE) MediaType type,
			@RequestBody(required = false) byte @Nullable [] body) {
		Network network = this.model.network();
		if (body == null) {
			throw new BadInputException(
					"the body is empty, expected an image as JSON, as 784 bytes or as a TensorFlow PredictRequest");
		}
		return switch (BodyForm.of(type, body)) {
			case GREYS -> json(Prediction.of(network.scores(Pixels.ofGreys(body))));
			case JSON -> json(this.json.predict(network, body));
			case TENSORFLOW -> tensorFlow(type, TensorFlowPredictor.predict(network, body));
		};
	}

	private static ResponseEntity<Object> json(Object answer) {
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer);
	}

	private static ResponseEntity<Object> tensorFlow(MediaType type, PredictResponse answer) {
		return ResponseEntity.ok().contentType(type).body(answer.toByteArray());
	}

	@ExceptionHandler
	ProblemDetail badInput(BadInputException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
	}

}
