package io.eas.emulator.discovery;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import reactor.core.publisher.Mono;

/**
 * The discovery API and its faults, of which each replaces the one before. The gateway on
 * the same port isn't touched, but by {@link #refuse()}. Thread-safe.
 */
public final class EmulatedDiscovery {

	private final LongAdder requests = new LongAdder();

	private volatile DiscoveryFault fault = new DiscoveryFault.None();

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
		become(new DiscoveryFault.Status(code));
	}

	/** Answers 200 with an empty list. */
	public void empty() {
		become(new DiscoveryFault.Empty());
	}

	/** Answers 200 with what is no JSON. */
	public void garbage() {
		become(new DiscoveryFault.Garbage());
	}

	/**
	 * Answers right, but late.
	 * @param delay how late
	 */
	public void late(Duration delay) {
		become(new DiscoveryFault.Late(delay));
	}

	/** Never answers what is asked from now on, not even once healed. */
	public void silent() {
		become(new DiscoveryFault.Silent());
	}

	/** Resets the connection of each request. */
	public void reset() {
		become(new DiscoveryFault.Reset());
	}

	/** Refuses connections; the gateway, on the same port, is gone too. Blocks. */
	public void refuse() {
		become(new DiscoveryFault.Refuse());
	}

	/** Answers as EAS does again. */
	public void heal() {
		become(new DiscoveryFault.None());
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

	private synchronized void become(DiscoveryFault next) {
		boolean refused = this.fault instanceof DiscoveryFault.Refuse;
		boolean refuses = next instanceof DiscoveryFault.Refuse;
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
		return this.fault.meet(exchange);
	}

}
