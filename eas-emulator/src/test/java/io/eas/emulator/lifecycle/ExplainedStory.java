package io.eas.emulator.lifecycle;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Timings;
import io.eas.emulator.lifecycle.VirtualInstance.Answer;
import io.eas.emulator.lifecycle.VirtualInstance.Change;

/**
 * What the process of an instance does, as far as {@code explain} has a section on it.
 * Notes when which change came. Times are milliseconds.
 */
abstract class ExplainedStory implements VirtualInstance.Model {

	static final Timings NONE = new Timings(0, 1, 1, 1, 1);

	final ExplainedService service;

	final Random random;

	private final Map<Change, Long> changes = new EnumMap<>(Change.class);

	ExplainedStory(ExplainedService service, Random random) {
		this.service = service;
		this.random = random;
	}

	final void play() {
		new VirtualInstance(this.service.checks(), this.service.grace(), this.random, this).run();
	}

	@Override
	public void happened(Change change, long now) {
		this.changes.putIfAbsent(change, now);
	}

	/** When something happened first. */
	final Optional<Long> first(Change change) {
		return Optional.ofNullable(this.changes.get(change));
	}

	final Answer answer(CheckKind kind, boolean passes) {
		int timeout = 1000 * this.service.timings(kind, NONE).timeoutSeconds();
		return new Answer(passes, switch (this.random.nextInt(3)) {
			case 0 -> 0;
			case 1 -> timeout;
			default -> this.random.nextInt(timeout);
		});
	}

	/** It passes from a time on, or from its n-th startup check on. */
	static class Start extends ExplainedStory {

		private final int checks;

		private int done;

		private long last;

		Start(ExplainedService service, Random random, int checks) {
			super(service, random);
			this.checks = checks;
		}

		/** When the last check began that counted. */
		long last() {
			return this.last;
		}

		@Override
		public Answer check(CheckKind kind, long now) {
			CheckKind first = this.service.checks().containsKey(CheckKind.STARTUP) ? CheckKind.STARTUP
					: CheckKind.LIVENESS;
			if (kind == first && first(Change.KILLED).isEmpty()) {
				this.done++;
				this.last = now;
			}
			return answer(kind, this.done >= this.checks);
		}

		@Override
		public boolean isDone() {
			return first((this.checks < Integer.MAX_VALUE) ? Change.LISTED : Change.KILLED).isPresent();
		}

	}

	/** It refuses connections, or hangs, from a moment on, long after its start. */
	static final class Failing extends ExplainedStory {

		private final boolean hangs;

		private long moment = Long.MAX_VALUE;

		Failing(ExplainedService service, Random random, boolean hangs) {
			super(service, random);
			this.hangs = hangs;
		}

		long moment() {
			return this.moment;
		}

		@Override
		public void happened(Change change, long now) {
			super.happened(change, now);
			if (change == Change.LISTED && this.moment == Long.MAX_VALUE) {
				this.moment = now + 60_000 + this.random.nextInt(15_000); // all delays
																			// are over
			}
		}

		@Override
		public Answer check(CheckKind kind, long now) {
			Answer passing = answer(kind, true);
			if (this.hangs && now + passing.millis() > this.moment) {
				return new Answer(false, 1000L * this.service.timings(kind, NONE).timeoutSeconds());
			}
			return (now < this.moment) ? passing : new Answer(false, 0);
		}

		@Override
		public boolean isDone() {
			boolean killed = !this.service.checks().containsKey(CheckKind.LIVENESS) || first(Change.GONE).isPresent();
			return first(Change.UNLISTED).isPresent() && killed;
		}

	}

	/** Its readiness fails for a while, and nothing else. */
	static final class Recovering extends ExplainedStory {

		private long moment = Long.MAX_VALUE;

		private boolean failing;

		Recovering(ExplainedService service, Random random) {
			super(service, random);
		}

		long moment() {
			return this.moment;
		}

		@Override
		public void happened(Change change, long now) {
			if (change == Change.LISTED && !this.failing) {
				this.failing = true;
				return;
			}
			super.happened(change, now);
			if (change == Change.UNLISTED) {
				this.moment = now + (this.random.nextBoolean() ? 0 : this.random.nextInt(30_000));
			}
		}

		@Override
		public Answer check(CheckKind kind, long now) {
			return answer(kind, kind != CheckKind.READINESS || !this.failing || now >= this.moment);
		}

		@Override
		public boolean isDone() {
			return first(Change.LISTED).isPresent();
		}

	}

}
