package io.eas.emulator.discovery;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import reactor.core.publisher.Mono;

/**
 * The discovery API and its fault; a new fault replaces the one before. Only
 * {@link #refuse()} also affects the gateway, which listens on the same port.
 * Thread-safe.
 */
public final class EmulatedDiscovery {

	private final LongAdder requests = new LongAdder();

	private volatile PollFault fault = new PollFault.None();

	private final Runnable listen;

	private final Runnable unlisten;

	EmulatedDiscovery(Runnable listen, Runnable unlisten) {
		this.listen = listen;
		this.unlisten = unlisten;
	}

	/**
	 * Answers with a status and no list.
	 * @param code from 200 to 999
	 */
	public void status(int code) {
		apply(DiscoveryFault.STATUS, code);
	}

	/** Answers 200 with an empty list. */
	public void empty() {
		apply(DiscoveryFault.EMPTY, 0);
	}

	/** Answers 200 with a body that isn't JSON. */
	public void garbage() {
		apply(DiscoveryFault.GARBAGE, 0);
	}

	/**
	 * Answers correctly, after a delay.
	 * @param delay how late
	 */
	public void late(Duration delay) {
		become(new PollFault.Late(delay));
	}

	/** Never answers requests that arrive from now on, not even once healed. */
	public void silent() {
		apply(DiscoveryFault.SILENT, 0);
	}

	/** Resets the connection of each request. */
	public void reset() {
		apply(DiscoveryFault.RESET, 0);
	}

	/** Refuses connections; the gateway, on the same port, is gone too. Blocks. */
	public void refuse() {
		apply(DiscoveryFault.REFUSE, 0);
	}

	/** Answers as EAS does again. */
	public void heal() {
		apply(DiscoveryFault.HEAL, 0);
	}

	/**
	 * Sets any of the faults. May block.
	 * @param fault which
	 * @param number the number it takes; ignored if it takes none
	 */
	public void apply(DiscoveryFault fault, int number) {
		become(fault.with(number));
	}

	/**
	 * Which fault it has.
	 * @return for people, such as {@code none} or {@code status 500}
	 */
	public String fault() {
		return this.fault.toString();
	}

	/**
	 * How often it was asked, on either path.
	 * @return the count since the start, unanswered questions included
	 */
	public long requests() {
		return this.requests.sum();
	}

	private synchronized void become(PollFault next) {
		boolean refused = this.fault instanceof PollFault.Refuse;
		boolean refuses = next instanceof PollFault.Refuse;
		this.fault = next;
		if (refuses && !refused) {
			this.unlisten.run();
		}
		if (refused && !refuses) {
			this.listen.run();
		}
	}

	Mono<Void> handle(DiscoveryExchange exchange) {
		this.requests.increment();
		return this.fault.apply(exchange);
	}

}
