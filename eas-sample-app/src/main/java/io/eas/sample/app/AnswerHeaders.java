package io.eas.sample.app;

import io.eas.client.EasResponse;

import org.springframework.http.HttpHeaders;

/**
 * Response headers with the instance that answered and the number of attempts.
 */
final class AnswerHeaders {

	private static final String INSTANCE = "X-Eas-Instance";

	private static final String ATTEMPTS = "X-Eas-Attempts";

	private AnswerHeaders() {
	}

	static HttpHeaders of(EasResponse<?> answer) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(INSTANCE, answer.instance().address());
		headers.set(ATTEMPTS, String.valueOf(answer.attempts()));
		return headers;
	}

}
