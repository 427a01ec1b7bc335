package io.eas.client.call;

import java.util.concurrent.atomic.LongAdder;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Decides whether a client accepts new calls, and how rejected calls fail. Thread-safe.
 *
 * <pre>
 *   state         event                     to            new calls   calls in flight
 *   open          {@link #refuse}, {@link #refuseAsClosed}  refusing      fail        continue
 *   any           {@link #disconnect}               disconnected  fail        fail
 *   any           {@link #open}                     open
 * </pre>
 */
public final class Admission {

	private static final String STOPPING = "the application is stopping";

	private static final String CLOSED = "EasClients was closed";

	private final LongAdder refused = new LongAdder();

	private volatile Sinks.Empty<Void> disconnection = Sinks.empty();

	private volatile boolean disconnected;

	/** Whether new calls fail. */
	private volatile boolean refusing;

	/** The reason that the exceptions of rejected calls report. */
	private volatile String ending = STOPPING;

	Admission() {
	}

	/**
	 * Accepts calls from now on.
	 * @return whether the client was disconnected
	 */
	synchronized boolean open() {
		boolean reopened = this.disconnected;
		this.refusing = false;
		this.ending = STOPPING;
		this.refused.reset();
		if (reopened) {
			this.disconnection = Sinks.empty();
			this.disconnected = false;
		}
		return reopened;
	}

	/**
	 * Makes all new calls fail until the client is connected again. Calls that have
	 * started continue.
	 */
	public void refuse() {
		this.refusing = true;
	}

	/**
	 * Makes all new calls fail, as {@link #refuse()} does. The failures of these calls
	 * report that the clients were closed, unless the application was already stopping.
	 */
	public synchronized void refuseAsClosed() {
		if (!this.refusing) {
			this.ending = CLOSED;
		}
		this.refusing = true;
	}

	/** Makes all new calls fail, and completes the {@link #disconnection}. */
	synchronized void disconnect() {
		this.refusing = true;
		this.disconnected = true;
		this.disconnection.tryEmitEmpty();
	}

	/**
	 * Returns whether new calls fail.
	 * @return true from {@link #refuse}, {@link #refuseAsClosed} or a disconnection until
	 * the client is connected again
	 */
	public boolean isRefusing() {
		return this.refusing;
	}

	/** Returns whether a new call must fail, and counts the call if so. */
	boolean refuses() {
		boolean refusing = this.refusing;
		if (refusing) {
			this.refused.increment();
		}
		return refusing;
	}

	/**
	 * Returns the number of calls that failed because new calls were refused.
	 * @return the number since the client was last connected
	 */
	public long refused() {
		return this.refused.sum();
	}

	/**
	 * Returns the reason that calls report when they fail because the client is stopping
	 * or closed.
	 */
	String ending() {
		return this.ending;
	}

	/** Returns a {@code Mono} that completes when the client is disconnected. */
	Mono<Void> disconnection() {
		return this.disconnection.asMono();
	}

	/**
	 * Returns whether the client is disconnected. A connection that breaks while the
	 * client is disconnected doesn't count against its instance.
	 */
	boolean isDisconnected() {
		return this.disconnected;
	}

}
