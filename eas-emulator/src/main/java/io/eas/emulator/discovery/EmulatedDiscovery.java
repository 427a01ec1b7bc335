package io.eas.emulator.discovery;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import reactor.core.publisher.Mono;

/**
 * The discovery API and its faults; a new fault replaces the previous one. Only
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
	 * Delays the correct answer.
	 * @param delay the delay, 0 or more
	 */
	public void late(Duration delay) {
		become(new PollFault.Late(delay));
	}

	/** Never answers requests that arrive from now on, not even after {@link #heal()}. */
	public void silent() {
		apply(DiscoveryFault.SILENT, 0);
	}

	/** Resets the connection of each request. */
	public void reset() {
		apply(DiscoveryFault.RESET, 0);
	}

	/**
	 * Refuses connections, also those to the gateway, which uses the same port. Blocks.
	 */
	public void refuse() {
		apply(DiscoveryFault.REFUSE, 0);
	}

	/** Ends the fault, so that requests are again answered as on EAS. */
	public void heal() {
		apply(DiscoveryFault.HEAL, 0);
	}

	/**
	 * Sets a fault. May block.
	 * @param fault the fault
	 * @param number the number; ignored if the fault takes none
	 */
	public void apply(DiscoveryFault fault, int number) {
		become(fault.with(number));
	}

	/**
	 * Returns the current fault.
	 * @return a text for people, such as {@code none} or {@code status 500}
	 */
	public String fault() {
		return this.fault.toString();
	}

	/**
	 * Returns the number of requests on both paths of the API.
	 * @return the count since the start, unanswered requests included
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
