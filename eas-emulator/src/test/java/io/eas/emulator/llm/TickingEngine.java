package io.eas.emulator.llm;

import java.util.ArrayDeque;
import java.util.ArrayList;

import java.util.List;

import io.eas.emulator.llm.InferenceEngine.Event;
import io.eas.emulator.llm.InferenceEngineModelTests.Action;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an engine written down once more, for each nanosecond and token: slow and
 * plain.
 */
class TickingEngine {

	private final int blockSize;

	private final int cacheBlocks;

	private final int maxRunning;

	private final int maxQueue;

	private final int step;

	private final List<String> events = new ArrayList<>();

	private final List<Seq> accepted = new ArrayList<>();

	private final ArrayDeque<Seq> waiting = new ArrayDeque<>();

	private final List<Seq> joining = new ArrayList<>();

	private final List<Seq> batch = new ArrayList<>();

	/** Most recently used first. */
	private final ArrayDeque<Long> cache = new ArrayDeque<>();

	private @Nullable Seq prefilling;

	private int prefillLeft;

	private int stepLeft;

	TickingEngine(int blockSize, int cacheBlocks, int maxRunning, int maxQueue, int step) {
		this.blockSize = blockSize;
		this.cacheBlocks = cacheBlocks;
		this.maxRunning = maxRunning;
		this.maxQueue = maxQueue;
		this.step = step;
	}

	private static final class Seq {

		private final Action action;

		private final int index;

		private int tokens;

		Seq(Action action, int index) {
			this.action = action;
			this.index = index;
		}

	}

	List<String> run(List<Action> load) {
		int now = 0;
		for (Action action : load) {
			for (int i = 0; i < action.pause(); i++) {
				tick(++now);
			}
			act(action);
		}
		while (this.prefilling != null || !this.batch.isEmpty() || !this.joining.isEmpty()) {
			tick(++now);
		}
		return this.events;
	}

	private void act(Action action) {
		Integer cancel = action.cancel();
		if (cancel == null) {
			if (!hasRoom() && this.waiting.size() >= this.maxQueue) {
				return;
			}
			Seq seq = new Seq(action, this.accepted.size());
			this.accepted.add(seq);
			this.waiting.add(seq);
		}
		else if (cancel < this.accepted.size()) {
			Seq seq = this.accepted.get(cancel);
			this.waiting.remove(seq);
			this.batch.remove(seq);
			this.joining.remove(seq);
			if (this.batch.isEmpty() && this.joining.isEmpty()) {
				this.stepLeft = 0;
			}
			if (this.prefilling == seq) {
				this.prefilling = null;
			}
		}
		startPrefill();
	}

	private boolean hasRoom() {
		return this.prefilling == null && this.batch.size() + this.joining.size() < this.maxRunning;
	}

	private void tick(int now) {
		Seq prefilled = this.prefilling;
		if (prefilled != null && --this.prefillLeft == 0) {
			this.prefilling = null;
			token(prefilled, now);
			if (prefilled.tokens < prefilled.action.output()) {
				this.joining.add(prefilled);
			}
			startPrefill();
		}
		if (this.stepLeft > 0 && --this.stepLeft == 0) {
			this.batch.forEach((seq) -> token(seq, now));
			this.batch.removeIf((seq) -> seq.tokens == seq.action.output());
		}
		if (this.stepLeft == 0) {
			startStep();
		}
		startPrefill();
	}

	private void startStep() {
		this.batch.addAll(this.joining);
		this.joining.clear();
		this.stepLeft = this.batch.isEmpty() ? 0 : this.step + this.batch.size();
	}

	private void token(Seq seq, int now) {
		seq.tokens++;
		if (seq.tokens == 1) {
			this.events.add(Event.Type.FIRST_TOKEN + " of " + seq.index + " at " + now);
		}
		if (seq.tokens == seq.action.output()) {
			this.events.add(Event.Type.END + " of " + seq.index + " at " + now);
		}
	}

	private void startPrefill() {
		if (this.waiting.isEmpty() || !hasRoom()) {
			return;
		}
		Seq seq = this.waiting.remove();
		int prompt = seq.action.prompt();
		long[] blocks = seq.action.blocks();
		int cached = 0;
		while ((cached + 1) * this.blockSize < prompt && this.cache.contains(blocks[cached])) {
			cached++;
		}
		for (int i = prompt / this.blockSize - 1; i >= 0; i--) {
			this.cache.remove((Long) blocks[i]);
			this.cache.addFirst(blocks[i]);
		}
		while (this.cache.size() > this.cacheBlocks) {
			this.cache.removeLast();
		}
		this.prefilling = seq;
		this.prefillLeft = prompt - cached * this.blockSize;
	}

}
