package io.eas.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

/**
 * A call failed. Says which service and instance, in which attempt and why; the message
 * names the earlier attempts too, and each is among the {@linkplain #getSuppressed()
 * suppressed} exceptions. Carries no stack trace, which would only show the network's
 * event loop.
 */
public abstract sealed class EasException extends RuntimeException permits EasConnectException, EasConnectionException,
		EasTimeoutException, EasStatusException, EasCodecException, EasNoInstanceException {

	private static final long serialVersionUID = 1L;

	private final transient Attempt attempt;

	private final String reason;

	private String conclusion = "";

	EasException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt.describe(reason), cause, true, false);
		this.attempt = attempt;
		this.reason = reason;
	}

	/** This failure as that of the call: the earlier ones hang on it, and only on it. */
	EasException last() {
		if (getSuppressed().length == 0) {
			this.attempt.earlier().forEach(this::addSuppressed);
		}
		return this;
	}

	/** Says why a failure that was to be tried again isn't. */
	void conclude(String reason) {
		this.conclusion = "; not tried again: " + reason;
	}

	@Override
	public String getMessage() {
		return super.getMessage() + this.conclusion;
	}

	/** Whether another attempt at the same address would end in the same way. */
	boolean isOfItsAddress() {
		return false;
	}

	/**
	 * How long the instance asks to be left alone.
	 * @param now the time
	 * @param elsewhere whether the next attempt goes to another one
	 * @return milliseconds
	 */
	long retryAfterMillis(Instant now, boolean elsewhere) {
		return 0;
	}

	/**
	 * The alias of the service.
	 * @return the name under {@code eas.services}
	 */
	public String service() {
		return this.attempt.service();
	}

	/**
	 * The instance of the attempt that failed last.
	 * @return the instance, or null if there was no attempt
	 */
	public @Nullable EasInstance instance() {
		return this.attempt.instance();
	}

	/**
	 * The number of the attempt that failed last.
	 * @return 1 for the first, 0 if there was none
	 */
	public int attempt() {
		return this.attempt.number();
	}

	/**
	 * How many attempts the call might have taken.
	 * @return {@code retry.max-attempts}
	 */
	public int maxAttempts() {
		return this.attempt.of();
	}

	/** What failed, without where. */
	String reason() {
		return this.reason;
	}

	/**
	 * Whether the rules of the service, for this call, want another attempt.
	 * @return true if the attempt may be repeated on another instance
	 */
	public boolean isRetryable() {
		return this.attempt.rules().isRetryable(this);
	}

	/**
	 * Where a failure happened.
	 *
	 * @param service the alias
	 * @param instance the instance, or null before the first attempt
	 * @param number 1 for the first attempt
	 * @param of the most there may be
	 * @param rules what is tried again
	 * @param token what must not be shown
	 * @param earlier the failures of the attempts before this one, oldest first
	 */
	record Attempt(String service, @Nullable EasInstance instance, int number, int of, RetryRules rules,
			@Nullable TokenSource token, List<EasException> earlier) {

		/** A text in which the token was repeated gets shorter. */
		private static final int WINDOW = 1 << 16;

		private static final int SAID = 1000;

		/** The same place once the attempt has failed. */
		Attempt failed(EasException failure) {
			List<EasException> failures = Stream.concat(this.earlier.stream(), Stream.of(failure)).toList();
			return new Attempt(this.service, this.instance, this.number, this.of, this.rules, this.token, failures);
		}

		/**
		 * The first characters of a text that came from outside, on one line, without the
		 * token.
		 */
		String quote(byte[] text, int characters) {
			return quote(text, characters, false);
		}

		/**
		 * The same of a text that may go on after what is given of it.
		 */
		String quote(byte[] text, int characters, boolean goesOn) {
			String secret = (this.token != null) ? this.token.token() : "";
			int window = Math.min(text.length, WINDOW + characters + secret.length());
			String shown = new String(text, 0, window, StandardCharsets.UTF_8);
			if (!secret.isEmpty()) {
				shown = shown.replace(secret, "******");
				// what was cut may begin with a part of it
				int cut = (goesOn || window < text.length) ? secret.length() - 1 : 0;
				shown = shown.substring(0, Math.max(0, shown.length() - cut));
			}
			boolean whole = !goesOn && window == text.length && shown.length() <= characters;
			shown = shown.substring(0, Math.min(shown.length(), characters)).replaceAll("\\p{Cntrl}+", " ").strip();
			return whole ? shown : shown + "…";
		}

		/** The beginning of what somebody else says of what came from outside. */
		String quote(String text) {
			return quote(text.getBytes(StandardCharsets.UTF_8), SAID);
		}

		/** Whether a failure, or a cause of it, says the token. */
		boolean hasToken(Throwable failure) {
			String secret = (this.token != null) ? this.token.token() : "";
			for (Throwable cause = failure; cause != null && !secret.isEmpty(); cause = cause.getCause()) {
				if (String.valueOf(cause.getMessage()).contains(secret)) {
					return true;
				}
			}
			return false;
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
			return text.toString();
		}

	}

}
