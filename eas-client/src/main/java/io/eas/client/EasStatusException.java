package io.eas.client;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import io.eas.http.Answer;
import io.eas.http.BodyTooLargeException;
import io.eas.http.Charsets;
import io.eas.http.ContentEncoding;
import io.eas.instance.EasInstance;
import io.eas.settings.Assert;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * Thrown when an instance has sent a response whose status is not 2xx: an error, or a
 * redirect, since redirects are not followed. The message shows the beginning of the
 * body.
 */
public final class EasStatusException extends EasException {

	private static final long serialVersionUID = 1L;

	private static final int SHOWN = 200;

	/**
	 * Maximum number of bytes of the body that are converted from a charset other than
	 * UTF-8.
	 */
	private static final int WINDOW = 1 << 16;

	/** Maximum number of bytes that are decompressed. */
	private static final int SAMPLE = 1 << 12;

	private static final Pattern USER = Pattern.compile("(?<=//)[^/?#]*@");

	private static final Pattern SECRETS = Pattern.compile("[?#].*", Pattern.DOTALL);

	private final transient Answer answer;

	/**
	 * Creates an exception.
	 * @param attempt the attempt that failed
	 * @param answer the response, whose status is not 2xx
	 */
	public EasStatusException(Attempt attempt, Answer answer) {
		this(attempt, answer, "", "");
	}

	/**
	 * Creates an exception whose message names the request.
	 * @param attempt the attempt that failed
	 * @param answer the response, whose status is not 2xx
	 * @param method the HTTP method of the request
	 * @param target the path of the request; its query is not shown
	 */
	public EasStatusException(Attempt attempt, Answer answer, String method, String target) {
		super(attempt, reason(Assert.notNull("attempt", attempt), Assert.notNull("answer", answer), method, target),
				null);
		this.answer = answer;
	}

	private static String reason(Attempt attempt, Answer answer, String method, String target) {
		return "status " + answer.status() + hint(attempt, answer.status(), method, target) + location(attempt, answer)
				+ Body.of(answer).quoted(attempt, answer);
	}

	/**
	 * Creates an exception for tests.
	 * @param attempt the attempt that failed, with an instance
	 * @param status a status other than 2xx
	 * @param body the body of the response
	 * @throws IllegalArgumentException if the attempt has no instance, or if the status
	 * is 2xx or doesn't have three digits
	 */
	public EasStatusException(Attempt attempt, int status, String body) {
		this(attempt, answer(Assert.notNull("attempt", attempt).instance(), status,
				Assert.notNull("body", body).getBytes(StandardCharsets.UTF_8)));
	}

	private static Answer answer(@Nullable EasInstance instance, int status, byte[] body) {
		if (instance == null) {
			throw new IllegalArgumentException(
					"The attempt must have an instance, because only an instance sends a status");
		}
		if (status < 100 || status > 999 || Answer.isSuccess(status)) {
			throw new IllegalArgumentException("The status must have three digits and must not be 2xx, was " + status);
		}
		return new Answer(status, EmptyHttpHeaders.INSTANCE, body, instance, body.length);
	}

	/**
	 * Returns the target of the redirect for the message. User information, query and
	 * fragment are left out, because they may hold secrets.
	 */
	private static String location(Attempt attempt, Answer answer) {
		String location = answer.headers().get(HttpHeaderNames.LOCATION);
		if (location == null || answer.status() / 100 != 3) {
			return "";
		}
		String shown = SECRETS.matcher(USER.matcher(location).replaceFirst("")).replaceFirst("?…");
		return ", a redirect to " + attempt.quote(shown.getBytes(StandardCharsets.UTF_8), SHOWN)
				+ ", which is not followed";
	}

	private static String hint(Attempt attempt, int status, String method, String target) {
		return switch (status) {
			case 401 -> " (the token or auth.scheme is wrong)";
			case 404 ->
				" (no such service or path there" + asked(attempt, method, target) + "; is service-name right?)";
			case 405 -> " (no such method there" + asked(attempt, method, target) + ")";
			case 450 -> " (the instance's queue is full)";
			default -> "";
		};
	}

	/**
	 * Returns the method and path of the request. The query is left out, because it may
	 * hold secrets.
	 */
	private static String asked(Attempt attempt, String method, String target) {
		String path = SECRETS.matcher(target).replaceFirst("");
		return method.isEmpty() ? ""
				: ": " + method + " " + attempt.quote(path.getBytes(StandardCharsets.UTF_8), SHOWN);
	}

	/**
	 * Returns the status of the response.
	 * @return a status other than 2xx
	 */
	public HttpStatusCode status() {
		return HttpStatusCode.valueOf(this.answer.status());
	}

	/**
	 * Returns the headers of the response.
	 * @return the headers, read-only
	 */
	public HttpHeaders headers() {
		return this.answer.httpHeaders();
	}

	/**
	 * Returns the body of the response. Each call of this method decompresses the body
	 * again.
	 * @return a copy of the bytes, decompressed if possible; empty if there is no body
	 */
	public byte[] body() {
		byte[] bytes = this.answer.body();
		try {
			bytes = ContentEncoding.decoded(this.answer);
		}
		catch (IllegalArgumentException | BodyTooLargeException ex) {
			// return the body as received
		}
		return bytes.clone();
	}

	/**
	 * The part of a body that the message shows.
	 *
	 * @param bytes the beginning of the body, decompressed if possible
	 * @param goesOn whether the body may continue after these bytes
	 * @param problem why the body could not be decompressed, or null
	 */
	private record Body(byte[] bytes, boolean goesOn, @Nullable String problem) {

		static Body of(Answer answer) {
			try {
				byte[] bytes = ContentEncoding.beginning(answer, SAMPLE);
				return new Body(bytes, bytes != answer.body() && bytes.length == SAMPLE, null);
			}
			catch (IllegalArgumentException ex) {
				return new Body(answer.body(), false, ex.getMessage());
			}
		}

		String quoted(Attempt attempt, Answer answer) {
			if (this.problem != null) {
				return ", and its body can't be shown: " + this.problem;
			}
			String text = attempt.quote(inUtf8(answer), SHOWN, this.goesOn);
			return text.isEmpty() ? "" : ", the answer says: " + text;
		}

		private byte[] inUtf8(Answer answer) {
			try {
				Charset charset = Charsets.of(Charsets.contentType(answer.headers()));
				return charset.equals(StandardCharsets.UTF_8) ? this.bytes
						: new String(this.bytes, 0, Math.min(this.bytes.length, WINDOW), charset)
							.getBytes(StandardCharsets.UTF_8);
			}
			catch (IllegalArgumentException ex) {
				return this.bytes;
			}
		}

	}

}
