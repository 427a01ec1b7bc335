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
 * The edits that turn the line of one list into the line of the next list: a small number
 * of instances to remove and to insert.
 */
final class WeightEdits {

	/**
	 * The number of edits is small if it is at most the number of instances divided by
	 * this value.
	 */
	private static final int FEW = 16;

	private final CumulativeWeights line;

	private final List<Edit> edits = new ArrayList<>();

	private WeightEdits(CumulativeWeights line) {
		this.line = line;
	}

	/**
	 * Computes the edits.
	 * @param line the line of the current list
	 * @param from the instances of the current list
	 * @param to the instances of the next list
	 * @return the edits, or null if the line must be created anew because there are too
	 * many edits, or because the divisor of the weights changes
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
	 * Returns whether unchanged instances have the same state objects in both lists. The
	 * objects are different if the lists belong to different services.
	 */
	@SuppressWarnings("ReferenceEquality") // an instance keeps its state object
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

	/** Returns the edits in the order of the line. */
	List<Edit> inOrder() {
		Comparator<InstanceState> place = Comparator.comparingInt((state) -> this.line.place(state.instance()));
		return this.edits.stream()
			.sorted(Comparator.comparingInt(Edit::index)
				.thenComparing(Edit::added, Comparator.nullsLast(place.thenComparing(InstanceState::instance))))
			.toList();
	}

	/**
	 * A single edit.
	 *
	 * @param index the index on the line
	 * @param added the instance to insert before this index, or null to remove the
	 * instance at this index
	 */
	record Edit(int index, @Nullable InstanceState added) {

	}

}
