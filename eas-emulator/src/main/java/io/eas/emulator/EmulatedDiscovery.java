package io.eas.emulator;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import reactor.core.publisher.Mono;

/**
 * The discovery API and its faults, of which each replaces the one before. The gateway on
 * the same port isn't touched. Thread-safe.
 */
public final class EmulatedDiscovery {

	private final LongAdder requests = new LongAdder();

	private volatile DiscoveryFault fault = new DiscoveryFault.None();

	EmulatedDiscovery() {
	}

	/**
	 * Answers with a status and no list.
	 * @param code from 200 to 999
	 */
	public void status(int code) {
		this.fault = new DiscoveryFault.Status(code);
	}

	/** Answers 200 with an empty list. */
	public void empty() {
		this.fault = new DiscoveryFault.Empty();
	}

	/** Answers 200 with what is no JSON. */
	public void garbage() {
		this.fault = new DiscoveryFault.Garbage();
	}

	/**
	 * Answers right, but late.
	 * @param delay how late
	 */
	public void late(Duration delay) {
		this.fault = new DiscoveryFault.Late(delay);
	}

	/** Never answers what is asked from now on, not even once healed. */
	public void silent() {
		this.fault = new DiscoveryFault.Silent();
	}

	/** Resets the connection of each request. */
	public void reset() {
		this.fault = new DiscoveryFault.Reset();
	}

	/** Answers as EAS does again. */
	public void heal() {
		this.fault = new DiscoveryFault.None();
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

	Mono<Void> handle(DiscoveryExchange exchange) {
		this.requests.increment();
		return this.fault.meet(exchange);
	}

}
