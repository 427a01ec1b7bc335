package io.eas.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.eas.instance.EasInstance;
import io.eas.settings.Assert;
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
		super(Assert.notNull("attempt", attempt).describe(reason), cause, true, false);
		this.attempt = attempt;
		this.reason = reason;
	}

	/**
	 * Makes this the failure of its call, which the earlier attempts hang on, and only on
	 * it. For whoever ends the call.
	 * @param conclusion why it is not tried again, where it might have been; or null
	 * @return this
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
	 * The same without a conclusion.
	 * @return this
	 */
	public EasException last() {
		return last(null);
	}

	@Override
	public String getMessage() {
		return super.getMessage() + this.conclusion;
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
		return this.attempt.retryable().test(this);
	}

	/**
	 * Where a failure happened.
	 *
	 * @param service the alias
	 * @param instance the instance, or null before the first attempt
	 * @param number 1 for the first attempt
	 * @param of the most there may be
	 * @param retryable whether a failure of this call may be tried again
	 * @param secret gives what must not be shown; an empty text if there is nothing
	 * @param earlier the failures of the attempts before this one, oldest first
	 */
	public record Attempt(String service, @Nullable EasInstance instance, int number, int of,
			Predicate<EasException> retryable, Supplier<String> secret, List<EasException> earlier) {

		/** A text in which the token was repeated gets shorter. */
		private static final int WINDOW = 1 << 16;

		private static final int SAID = 1000;

		/**
		 * Checks that nothing but an instance is missing.
		 */
		public Attempt {
			Assert.notNull("service", service);
			Assert.notNull("retryable", retryable);
			Assert.notNull("secret", secret);
			Assert.notNull("earlier", earlier);
		}

		/**
		 * The only attempt of a call that tries nothing again, as tests have use for.
		 * @param service the alias of the service
		 * @param instance the instance, or null if there was no attempt
		 */
		public Attempt(String service, @Nullable EasInstance instance) {
			this(service, instance, (instance != null) ? 1 : 0, 1, (failure) -> false, () -> "", List.of());
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
			String shownToNobody = this.secret.get();
			int window = Math.min(text.length, WINDOW + characters + shownToNobody.length());
			String shown = new String(text, 0, window, StandardCharsets.UTF_8);
			if (!shownToNobody.isEmpty()) {
				shown = shown.replace(shownToNobody, "******");
				// what was cut may begin with a part of it
				int cut = (goesOn || window < text.length) ? shownToNobody.length() - 1 : 0;
				shown = shown.substring(0, Math.max(0, shown.length() - cut));
			}
			boolean whole = !goesOn && window == text.length && shown.length() <= characters;
			shown = shown.substring(0, Math.min(shown.length(), characters)).replaceAll("\\p{Cntrl}+", " ").strip();
			return whole ? shown : shown + "…";
		}

		/**
		 * The beginning of what somebody else says of what came from outside.
		 * @param text what is said
		 * @return its first characters, on one line, without the token
		 */
		public String quote(String text) {
			return quote(text.getBytes(StandardCharsets.UTF_8), SAID);
		}

		/**
		 * Whether a failure, or a cause of it, says the token.
		 * @param failure the failure
		 * @return true if it must not be shown
		 */
		public boolean hasToken(Throwable failure) {
			String shownToNobody = this.secret.get();
			for (Throwable cause = failure; cause != null && !shownToNobody.isEmpty(); cause = cause.getCause()) {
				if (String.valueOf(cause.getMessage()).contains(shownToNobody)) {
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
