package io.eas.simulation;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.eas.simulation.Policy.View;

/**
 * Whose turn it is in a smooth weighted round robin: a walk along the weights, laid end
 * to end in a random order, in steps of the golden ratio.
 */
final class Turns {

	private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

	private final List<Integer> order;

	private final int[] places;

	private double position;

	Turns(int size, Random random) {
		this.order = IntStream.range(0, size).boxed().collect(Collectors.toList());
		Collections.shuffle(this.order, random);
		this.places = IntStream.range(0, size).map(this.order::indexOf).toArray();
		this.position = random.nextDouble();
	}

	/** The instance whose turn is next. */
	int next(View view) {
		this.position = (this.position + GOLDEN) % 1;
		long sum = this.order.stream().mapToLong(view::weight).sum();
		double point = this.position * sum;
		int place = 0;
		while (point >= view.weight(this.order.get(place))) {
			point -= view.weight(this.order.get(place++));
		}
		return this.order.get(place);
	}

	/** The instance so many places after another in the order. */
	int after(int instance, int places) {
		return this.order.get((this.places[instance] + places) % this.order.size());
	}

}
