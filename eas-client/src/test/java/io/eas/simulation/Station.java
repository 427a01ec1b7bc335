package io.eas.simulation;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * An instance as a queue. It works on up to {@code limit} calls at once, in the order
 * they came, each at its speed, or slower where they are more than it has cores: one
 * server (1 core, limit 1), several (4, 4), or processor sharing (4, no limit). It
 * doesn't notice when a client gives up.
 */
final class Station {

	private final VirtualTime time;

	private final int cores;

	private final int limit;

	private final PriorityQueue<Job> served = new PriorityQueue<>(Comparator.comparingDouble(Job::end));

	private final Deque<Job> waiting = new ArrayDeque<>();

	private double speed;

	private Mode mode = Mode.SERVING;

	/** The work that each of the calls being served has had since the first came. */
	private double progress;

	private double updated;

	private long plan;

	Station(VirtualTime time, Profile.Hardware hardware) {
		this.time = time;
		this.cores = hardware.cores();
		this.limit = hardware.limit();
		this.speed = hardware.speed();
	}

	/** The calls waiting or being served. */
	int calls() {
		return this.served.size() + this.waiting.size();
	}

	int cores() {
		return this.cores;
	}

	/** The seconds of work done in a second; 0 while it is frozen. */
	double speed() {
		return this.speed;
	}

	void setSpeed(double speed) {
		progress();
		this.speed = speed;
		plan();
	}

	void setMode(Mode mode) {
		this.mode = mode;
	}

	/**
	 * Takes a call.
	 * @param work how long it takes at speed 1, in seconds
	 * @param end told when it has ended, and whether well
	 */
	void take(double work, Policy.End end) {
		if (this.mode != Mode.SERVING) {
			this.time.after(this.mode.delay, () -> end.accept(false));
			return;
		}
		progress();
		if (this.served.size() < this.limit) {
			serve(work, end);
		}
		else {
			this.waiting.add(new Job(work, 0, end));
		}
		plan();
	}

	private void serve(double work, Policy.End end) {
		this.progress = this.served.isEmpty() ? 0 : this.progress;
		this.served.add(new Job(work, this.progress + work, end));
	}

	private double rate() {
		return this.speed * Math.min(1, (double) this.cores / this.served.size());
	}

	private void progress() {
		if (!this.served.isEmpty()) {
			this.progress += rate() * (this.time.now() - this.updated);
		}
		this.updated = this.time.now();
	}

	/** Forgets when the next call was to end, and looks again. */
	private void plan() {
		long current = ++this.plan;
		if (!this.served.isEmpty() && this.speed > 0) {
			this.time.after((this.served.element().end - this.progress) / rate(), () -> {
				if (current == this.plan) {
					finish();
				}
			});
		}
	}

	private void finish() {
		progress();
		Job done = this.served.remove();
		this.progress = Math.max(this.progress, done.end);
		if (!this.waiting.isEmpty()) {
			Job next = this.waiting.remove();
			serve(next.work, next.told);
		}
		plan();
		done.told.accept(true);
	}

	/** What happens to a call. */
	enum Mode {

		/** It is served. */
		SERVING(0),

		/** Its connection is refused. */
		REFUSING(0.0005),

		/** It is answered by an error, faster than it could be served. */
		FAILING(0.002);

		private final double delay;

		Mode(double delay) {
			this.delay = delay;
		}

	}

	/** A call: its work, and at what progress it ends. */
	private record Job(double work, double end, Policy.End told) {
	}

}
