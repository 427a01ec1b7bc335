package io.eas.loadbalancer.weighted;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceListDiff;
import io.eas.instance.InstanceListDiff.Step;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done to the line of one list to make it that of another: few instances
 * to be taken out and put in.
 */
final class WeightEdits {

	/** More changes than one in so many instances aren't few. */
	private static final int FEW = 16;

	private final CumulativeWeights line;

	private final List<Edit> edits = new ArrayList<>();

	private WeightEdits(CumulativeWeights line) {
		this.line = line;
	}

	/**
	 * Looks for them.
	 * @param line the line to begin with
	 * @param from the instances it is made of
	 * @param to the other instances
	 * @return null if it is better made anew: there is too much to do, or weights count
	 * otherwise
	 */
	static @Nullable WeightEdits of(CumulativeWeights line, Candidates from, Candidates to) {
		WeightEdits edits = new WeightEdits(line);
		List<EasInstance> listed = from.list().instances();
		InstanceListDiff diff = new InstanceListDiff(listed, to.list().instances());
		for (Step step = diff.next(); step != Step.END; step = diff.next()) {
			boolean possible = switch (step) {
				case SAME -> areSame(from, to, diff);
				case GONE -> edits.remove(listed.get(diff.indexBefore()));
				case ENTERED -> edits.add(to.states().get(diff.indexAfter()));
				default ->
					edits.remove(listed.get(diff.indexBefore())) && edits.add(to.states().get(diff.indexAfter()));
			};
			if (!possible) {
				return null;
			}
		}
		return edits;
	}

	/**
	 * What is known of the same instances is the same, unless another service knows it.
	 */
	@SuppressWarnings("ReferenceEquality") // a state is kept with its instance
	private static boolean areSame(Candidates from, Candidates to, InstanceListDiff diff) {
		for (int n = 0; n < diff.length(); n++) {
			if (from.states().get(diff.indexBefore() + n) != to.states().get(diff.indexAfter() + n)) {
				return false;
			}
		}
		return true;
	}

	private boolean remove(EasInstance instance) {
		int index = this.line.indexOf(instance);
		if (index >= 0) {
			this.edits.add(new Edit(index, null));
		}
		return areFew();
	}

	private boolean add(InstanceState state) {
		EasInstance instance = state.instance();
		if (this.line.takes(instance)) {
			this.edits.add(new Edit(this.line.position(instance), state));
		}
		return areFew() && this.line.divides(instance);
	}

	private boolean areFew() {
		return this.edits.size() * FEW <= this.line.size();
	}

	/** From the start of the line to its end. */
	List<Edit> inOrder() {
		Comparator<InstanceState> place = Comparator.comparingInt((state) -> this.line.place(state.instance()));
		return this.edits.stream()
			.sorted(Comparator.comparingInt(Edit::index)
				.thenComparing(Edit::added, Comparator.nullsLast(place.thenComparing(InstanceState::instance))))
			.toList();
	}

	/**
	 * One thing to be done.
	 *
	 * @param index where on the line
	 * @param added what to put in there; null if what is there is taken out
	 */
	record Edit(int index, @Nullable InstanceState added) {

	}

}
