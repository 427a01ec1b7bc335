package io.eas.client;

import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * The instance answered with a status of 400 or above.
 */
public final class EasStatusException extends EasException {

	private static final long serialVersionUID = 1L;

	private static final int SHOWN = 200;

	private final transient Answer answer;

	EasStatusException(Attempt attempt, Answer answer) {
		super(attempt, reason(answer), null);
		this.answer = answer;
	}

	private static String reason(Answer answer) {
		int shown = Math.min(SHOWN, answer.body().length);
		String body = new String(answer.body(), 0, shown, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ")
			.strip();
		return "status " + answer.status() + hint(answer.status())
				+ (body.isEmpty() ? "" : ", the answer says: " + body) + ((shown < answer.body().length) ? "…" : "");
	}

	private static String hint(int status) {
		return switch (status) {
			case 401 -> " (the token or eas.auth.scheme is wrong)";
			case 404 -> " (no such service or path there; is service-name right?)";
			case 450 -> " (the instance's queue is full)";
			default -> "";
		};
	}

	/**
	 * The status.
	 * @return 400 or above
	 */
	public HttpStatusCode status() {
		return HttpStatusCode.valueOf(this.answer.status());
	}

	/**
	 * The headers of the answer.
	 * @return read-only headers
	 */
	public HttpHeaders headers() {
		return this.answer.httpHeaders();
	}

	/**
	 * The body of the answer.
	 * @return its bytes, a copy; empty where there was none
	 */
	public byte[] body() {
		return this.answer.body().clone();
	}

	/** The answer itself. */
	Answer answer() {
		return this.answer;
	}

}
