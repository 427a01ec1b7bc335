package io.eas.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.eas.http.Causes;
import io.eas.http.ShieldedCause;
import io.eas.instance.EasInstance;
import io.eas.settings.Assert;
import org.jspecify.annotations.Nullable;

/**
 * Base class of all failures of a call. An exception names the service, the instance, the
 * number of the attempt and the reason. Its message also lists the earlier attempts of
 * the call. The exceptions of these attempts are added as {@linkplain #getSuppressed()
 * suppressed} exceptions. There is no stack trace, because it would only show methods of
 * the event loop.
 */
public abstract sealed class EasException extends RuntimeException permits EasConnectException, EasConnectionException,
		EasTimeoutException, EasStatusException, EasCodecException, EasNoInstanceException {

	private static final long serialVersionUID = 1L;

	private final transient Attempt attempt;

	private final String reason;

	private String conclusion = "";

	EasException(Attempt attempt, String reason, @Nullable Throwable cause) {
		this(attempt, reason, Assert.notNull("attempt", attempt).describe(reason), cause);
	}

	private EasException(Attempt attempt, String reason, String message, @Nullable Throwable cause) {
		super(message, ShieldedCause.of(message, cause), true, false);
		this.attempt = attempt;
		this.reason = reason;
	}

	/**
	 * Makes this exception the failure of its call: adds the exceptions of the earlier
	 * attempts as suppressed exceptions, and adds the conclusion to the message. Called
	 * by the code that ends the call.
	 * @param conclusion why the call is not retried although it has attempts left, or
	 * null
	 * @return this exception
	 */
	public EasException last(@Nullable String conclusion) {
		if (conclusion != null) {
			this.conclusion = "; not tried again: " + conclusion;
		}
		if (getSuppressed().length == 0) {
			this.attempt.earlier().forEach(this::addSuppressed);
		}
		return this;
	}

	/**
	 * Makes this exception the failure of its call, without a conclusion.
	 * @return this exception
	 */
	public EasException last() {
		return last(null);
	}

	@Override
	public String getMessage() {
		return super.getMessage() + this.conclusion;
	}

	/**
	 * Returns the alias of the service.
	 * @return the name under {@code eas.services}
	 */
	public String service() {
		return this.attempt.service();
	}

	/**
	 * Returns the instance of the attempt that failed last.
	 * @return the instance, or null if there was no attempt
	 */
	public @Nullable EasInstance instance() {
		return this.attempt.instance();
	}

	/**
	 * Returns the number of the attempt that failed last.
	 * @return 1 for the first attempt, 0 if there was none
	 */
	public int attempt() {
		return this.attempt.number();
	}

	/**
	 * Returns the maximum number of attempts of the call.
	 * @return {@code retry.max-attempts}, or more if attempts got no connection and the
	 * call moved on to other instances
	 */
	public int maxAttempts() {
		return this.attempt.of();
	}

	/**
	 * Returns the request ID of the call, which each of its attempts has sent.
	 * @return the ID, or null if the call has none
	 */
	public @Nullable String requestId() {
		return this.attempt.requestId();
	}

	/**
	 * Returns the reason of the failure, without service, instance and earlier attempts.
	 * @return the reason, which may quote the beginning of the response
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Returns whether the retry rules allow another attempt after this failure.
	 * @return true if the attempt may be repeated on another instance
	 */
	public boolean isRetryable() {
		return this.attempt.retryable().test(this);
	}

	/**
	 * The attempt in which a failure happened.
	 *
	 * @param service the alias of the service
	 * @param instance the instance, or null before the first attempt
	 * @param number the number of the attempt; 1 for the first
	 * @param of the maximum number of attempts
	 * @param requestId the request ID of the call, or null
	 * @param retryable tests whether a failure of this call may be retried
	 * @param secret returns the token, which must not be shown; empty if there is none
	 * @param earlier the failures of the earlier attempts, oldest first
	 */
	public record Attempt(String service, @Nullable EasInstance instance, int number, int of,
			@Nullable String requestId, Predicate<EasException> retryable, Supplier<String> secret,
			List<EasException> earlier) {

		/**
		 * Number of bytes after the shown ones that are also searched for the token. They
		 * are needed because replacing the token can shorten the text.
		 */
		private static final int WINDOW = 1 << 16;

		private static final int SAID = 1000;

		/**
		 * Checks that no component except the instance and the request ID is null.
		 */
		public Attempt {
			Assert.notNull("service", service);
			Assert.notNull("retryable", retryable);
			Assert.notNull("secret", secret);
			Assert.notNull("earlier", earlier);
		}

		/**
		 * Creates the only attempt of a call that is never retried. Intended for tests.
		 * @param service the alias of the service
		 * @param instance the instance, or null if there was no attempt
		 */
		public Attempt(String service, @Nullable EasInstance instance) {
			this(service, instance, (instance != null) ? 1 : 0, 1, null, (failure) -> false, () -> "", List.of());
		}

		/**
		 * Returns the beginning of a received text on a single line, without the token.
		 */
		String quote(byte[] text, int characters) {
			return quote(text, characters, false);
		}

		/**
		 * Returns the beginning of a received text on a single line, without the token.
		 * If the text continues after the given bytes, the last of these bytes may be the
		 * beginning of a token and are left out.
		 */
		String quote(byte[] text, int characters, boolean goesOn) {
			String shownToNobody = this.secret.get();
			int window = Math.min(text.length, WINDOW + characters + shownToNobody.length());
			String shown = new String(text, 0, window, StandardCharsets.UTF_8);
			if (!shownToNobody.isEmpty()) {
				shown = shown.replace(shownToNobody, "******");
				// the end of the window may be the beginning of a token
				int cut = (goesOn || window < text.length) ? shownToNobody.length() - 1 : 0;
				shown = shown.substring(0, Math.max(0, shown.length() - cut));
			}
			boolean whole = !goesOn && window == text.length && shown.length() <= characters;
			shown = shown.substring(0, Math.min(shown.length(), characters)).replaceAll("\\p{Cntrl}+", " ").strip();
			return whole ? shown : shown + "…";
		}

		/**
		 * Returns the beginning of a message that may quote received data.
		 * @param text the message
		 * @return its first 1000 characters on a single line, without the token
		 */
		public String quote(String text) {
			return quote(text.getBytes(StandardCharsets.UTF_8), SAID);
		}

		/**
		 * Returns whether the message of a failure, or of one of its causes, contains the
		 * token.
		 * @param failure the failure
		 * @return true if the failure must not be shown
		 */
		public boolean hasToken(Throwable failure) {
			String shownToNobody = this.secret.get();
			return !shownToNobody.isEmpty() && Causes.say(failure, shownToNobody);
		}

		private String describe(String reason) {
			StringBuilder text = new StringBuilder(this.service).append(": ");
			if (this.instance != null) {
				text.append("attempt ").append(this.number).append(" of ").append(this.of).append(" on ");
				text.append(this.instance.address()).append(": ");
			}
			text.append(reason);
			for (EasException failure : this.earlier) {
				EasInstance where = failure.instance();
				text.append("; attempt ").append(failure.attempt());
				text.append((where != null) ? " on " + where.address() : "").append(": ").append(failure.reason());
			}
			if (this.requestId != null) {
				text.append("; request ID ").append(this.requestId);
			}
			return text.toString();
		}

	}

}
