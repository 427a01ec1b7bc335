package io.eas.sample.app;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasRequest;
import io.eas.client.EasResponse;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Handles {@code POST /predict/{alias}}: forwards the body to any configured service, and
 * the response to the caller.
 */
@RestController
class PredictController {

	private final EasClients clients;

	PredictController(EasClients clients) {
		this.clients = clients;
	}

	@PostMapping("/predict/{alias}")
	Mono<ResponseEntity<byte[]>> predict(@PathVariable String alias, ServerHttpRequest request) {
		EasRequest call = client(alias).post("");
		MediaType type = request.getHeaders().getContentType();
		if (type != null) {
			call.contentType(type);
		}
		return RawBody.of(request).flatMap((body) -> call.body(body).exchange()).map(PredictController::passOn);
	}

	private EasClient client(String alias) {
		if (!this.clients.names().contains(alias)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND,
					"there is no service '" + alias + "'; the services are " + String.join(", ", this.clients.names()));
		}
		return this.clients.get(alias);
	}

	private static ResponseEntity<byte[]> passOn(EasResponse<byte[]> answer) {
		HttpHeaders headers = AnswerHeaders.of(answer);
		String type = answer.headers().getFirst(HttpHeaders.CONTENT_TYPE);
		if (type != null) {
			headers.set(HttpHeaders.CONTENT_TYPE, type);
		}
		return ResponseEntity.status(answer.status()).headers(headers).body(answer.body());
	}

}
