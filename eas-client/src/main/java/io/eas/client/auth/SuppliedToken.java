package io.eas.client.auth;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The token of an {@link EasTokenSupplier}, which is called periodically while the
 * service runs. If the supplier fails, the current token is kept, and the supplier is
 * called again after one second. The delay doubles with each further failure, up to one
 * minute. Calls of the service read the token from memory. Thread-safe.
 */
public final class SuppliedToken implements TokenSource {

	private static final Log log = LogFactory.getLog(SuppliedToken.class);

	private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	/** Longer intervals overflow the clocks of schedulers. */
	private static final Duration LONGEST_INTERVAL = Duration.ofDays(365);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final EasTokenSupplier supplier;

	private final String alias;

	private final Scheduler askers;

	private final Scheduler timer;

	private final Sinks.Empty<Void> first = Sinks.empty();

	private @Nullable Disposable running;

	/** Replaces this token once this token is retired. */
	private volatile @Nullable TokenSource successor;

	private boolean retired;

	private volatile String token = "";

	/**
	 * The last failure of the supplier; null if there has been none since its last token.
	 */
	private volatile @Nullable String lastFailure;

	/**
	 * The delay after the next failure. Used only by the loop that calls the supplier.
	 */
	private Duration pause = SECOND;

	private boolean failing;

	/**
	 * Creates a token that isn't known yet.
	 * @param supplier supplies the token
	 * @param alias the alias of the service
	 * @param askers the scheduler that calls the supplier, on a thread that no other
	 * supplier can block
	 * @param timer the scheduler for delays and the timeout of the supplier
	 */
	public SuppliedToken(EasTokenSupplier supplier, String alias, Scheduler askers, Scheduler timer) {
		this.supplier = supplier;
		this.alias = alias;
		this.askers = askers;
		this.timer = timer;
	}

	/**
	 * Returns the current token.
	 * @return the token of the supplier, empty before its first token. If this token was
	 * retired before that, the token of its successor
	 */
	@Override
	public String token() {
		TokenSource next = this.successor;
		return (isKnown() || next == null) ? this.token : next.token();
	}

	/** Returns whether the supplier has given a token. */
	boolean isKnown() {
		return !this.token.isEmpty();
	}

	/**
	 * Returns a signal for which calls wait until the supplier has given its first token.
	 * @return a {@code Mono} that completes once there is a token, or null if there is
	 * one. Subscribing starts the loop that calls the supplier, because a call may be
	 * made before the service is started
	 */
	@Override
	public @Nullable Mono<Void> pending() {
		if (isKnown()) {
			return null;
		}
		TokenSource next = this.successor;
		return (next != null) ? next.pending() : Mono.defer(() -> {
			start();
			return this.first.asMono().then(Mono.defer(this::pendingSuccessor));
		});
	}

	@Override
	public @Nullable String lastFailure() {
		return this.lastFailure;
	}

	/**
	 * Returns the signal for which a call must wait after it waited for a token that has
	 * been retired.
	 */
	private Mono<Void> pendingSuccessor() {
		TokenSource next = this.successor;
		Mono<Void> pending = (isKnown() || next == null) ? null : next.pending();
		return (pending != null) ? pending : Mono.empty();
	}

	/**
	 * Starts to call the supplier periodically. Has no effect if already started or
	 * retired.
	 */
	public synchronized void start() {
		if (this.running == null && !this.retired) {
			this.running = Mono.defer(this::ask)
				.subscribeOn(this.askers)
				.timeout(LONGEST_ANSWER, Mono.error(() -> new NoToken("it has given no token for 10 s")), this.timer)
				.map(this::accept)
				.onErrorResume((failure) -> Mono.just(failed(failure)))
				.flatMap((delay) -> Mono.delay(delay, this.timer))
				.repeat()
				.subscribe();
		}
	}

	/** Stops calling the supplier. The current token is kept. */
	public synchronized void stop() {
		if (this.running != null) {
			this.running.dispose();
			this.running = null;
		}
	}

	/**
	 * Stops permanently, because another token replaces this one. Calls that wait for the
	 * first token of this supplier then wait for the successor's token and use it.
	 * @param next the successor, or null if later calls are sent without a token; in that
	 * case, calls that wait fail with an {@link IllegalStateException}
	 */
	public void retire(@Nullable TokenSource next) {
		synchronized (this) {
			stop();
			this.retired = true;
			this.successor = next;
		}
		// outside of the lock, since this continues the calls
		if (next != null) {
			this.first.tryEmitEmpty();
		}
		else {
			this.first.tryEmitError(new IllegalStateException(
					"the token was removed from the settings while the call waited for it; make the call again"));
		}
	}

	/**
	 * Calls the supplier. Nothing that the supplier throws may end the loop, not even an
	 * {@link Error}.
	 */
	private Mono<String> ask() {
		try {
			Mono<String> answer = this.supplier.token(this.alias);
			return (answer != null) ? answer.switchIfEmpty(Mono.error(() -> new NoToken("its Mono is empty")))
					: Mono.error(new NoToken("it has returned null instead of a Mono"));
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

	private Duration accept(String supplied) {
		try {
			TokenSource.checked(supplied);
		}
		catch (IllegalArgumentException ex) {
			throw new NoToken("its token can't be sent: " + ex.getMessage());
		}
		boolean changed = isKnown() && !supplied.equals(this.token);
		this.token = supplied;
		this.first.tryEmitEmpty();
		if (changed || this.failing) {
			log.info(this.alias + ": the EasTokenSupplier supplied a " + (changed ? "new token" : "token again"));
		}
		this.failing = false;
		this.lastFailure = null;
		this.pause = SECOND;
		return interval();
	}

	private Duration interval() {
		Duration interval = this.supplier.refreshInterval();
		if (interval.compareTo(LONGEST_INTERVAL) > 0) {
			return LONGEST_INTERVAL;
		}
		return (interval.compareTo(SECOND) > 0) ? interval : SECOND;
	}

	/**
	 * Logs the failure. A message of the supplier is not shown: it may contain a token.
	 */
	private Duration failed(Throwable failure) {
		String reason = (failure instanceof NoToken known) ? known.reason : failure.getClass().getName();
		this.lastFailure = reason;
		if (!this.failing) {
			log.warn(this.alias + ": the EasTokenSupplier failed, "
					+ (isKnown() ? "keeping the previous token" : "so calls wait for the first token") + ": " + reason);
		}
		this.failing = true;
		Duration delay = this.pause;
		Duration twice = delay.multipliedBy(2);
		this.pause = (twice.compareTo(LONGEST_PAUSE) < 0) ? twice : LONGEST_PAUSE;
		return delay;
	}

	@Override
	public String toString() {
		return "the token of an EasTokenSupplier";
	}

	/**
	 * Thrown when the supplier has not signalled an exception but has given no valid
	 * token. The reason shows no part of a token.
	 */
	private static final class NoToken extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final String reason;

		NoToken(String reason) {
			super(reason, null, false, false);
			this.reason = reason;
		}

	}

}
