package io.eas.client;

import java.time.Duration;

import io.netty.handler.codec.http.HttpHeaderNames;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * The instance answered with a status of 400 or above.
 */
public final class EasStatusException extends EasException {

	private static final long serialVersionUID = 1L;

	private static final int SHOWN = 200;

	private static final int RATE_LIMITED = 429;

	private final transient Answer answer;

	EasStatusException(Attempt attempt, Answer answer) {
		super(attempt, reason(attempt, answer), null);
		this.answer = answer;
	}

	private static String reason(Attempt attempt, Answer answer) {
		String body = attempt.quote(answer.body(), SHOWN);
		return "status " + answer.status() + hint(answer.status())
				+ (body.isEmpty() ? "" : ", the answer says: " + body);
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

	/**
	 * Only a rate limit is waited for; other statuses are better served elsewhere at
	 * once.
	 */
	@Override
	long retryAfterMillis() {
		String seconds = this.answer.headers().get(HttpHeaderNames.RETRY_AFTER);
		boolean asked = this.answer.status() == RATE_LIMITED && seconds != null && seconds.matches("\\d{1,6}");
		return asked ? Duration.ofSeconds(Long.parseLong(seconds)).toMillis() : 0;
	}

	/** The answer itself. */
	Answer answer() {
		return this.answer;
	}

}
