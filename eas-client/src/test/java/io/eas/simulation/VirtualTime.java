package io.eas.simulation;

import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * Time that passes from event to event. Not thread-safe.
 */
final class VirtualTime {

	private final PriorityQueue<Event> events = new PriorityQueue<>();

	private double now;

	private long count;

	/** The time in seconds since the start. */
	double now() {
		return this.now;
	}

	/** Has something done after a delay in seconds; of what is due together, in order. */
	void after(double delay, Runnable action) {
		this.events.add(new Event(this.now + Math.max(0, delay), this.count++, action));
	}

	/** Goes from event to event until there is none, or it is enough. */
	void pass(BooleanSupplier enough) {
		while (!enough.getAsBoolean() && !this.events.isEmpty()) {
			Event next = this.events.remove();
			this.now = next.time;
			next.action.run();
		}
	}

	private record Event(double time, long number, Runnable action) implements Comparable<Event> {

		@Override
		public int compareTo(Event other) {
			int byTime = Double.compare(this.time, other.time);
			return (byTime != 0) ? byTime : Long.compare(this.number, other.number);
		}

	}

}
