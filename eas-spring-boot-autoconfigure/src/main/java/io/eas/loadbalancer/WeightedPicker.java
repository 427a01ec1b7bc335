package io.eas.loadbalancer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;

/**
 * The picks over one list. First attempts walk the lattice; later ones draw a point from
 * what is left of the line without the instances that were tried, so that retries don't
 * disturb the walk.
 */
final class WeightedPicker implements InstancePicker {

	private final InstanceList list;

	private final WeightTable table;

	private final long length;

	private final long step;

	private final AtomicLong position;

	private final Supplier<? extends RandomGenerator> random;

	WeightedPicker(InstanceList list, WeightTable table, AtomicLong position,
			Supplier<? extends RandomGenerator> random) {
		this.list = list;
		this.table = table;
		this.length = table.length();
		this.step = Lattice.step(this.length);
		this.position = position;
		this.random = random;
	}

	@Override
	public InstanceList list() {
		return this.list;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * The position is advanced by the step and left to overflow, which breaks the walk
	 * once in 2^64 / step picks.
	 */
	@Override
	public EasInstance pick(TriedInstances tried) {
		if (tried.size() == 0) {
			return this.table.at(Long.remainderUnsigned(this.position.getAndAdd(this.step), this.length));
		}
		int[] excluded = excluded(tried, 0);
		if (excluded.length == this.table.size()) {
			excluded = (this.table.size() > 1) ? excluded(tried, tried.size() - 1) : new int[0];
		}
		return this.table.at(draw(excluded));
	}

	/** The indexes of what was tried, ascending, each once. */
	private int[] excluded(TriedInstances tried, int from) {
		int[] indexes = new int[tried.size() - from];
		int count = 0;
		for (int i = from; i < tried.size(); i++) {
			int index = this.table.indexOf(tried.get(i));
			if (index >= 0) {
				indexes[count++] = index;
			}
		}
		return Arrays.stream(indexes, 0, count).sorted().distinct().toArray();
	}

	/** A point outside of the excluded intervals: drawn as if they had been cut out. */
	private long draw(int[] excluded) {
		long rest = this.length;
		for (int index : excluded) {
			rest -= this.table.weight(index);
		}
		long point = this.random.get().nextLong(rest);
		for (int index : excluded) {
			if (point >= this.table.start(index)) {
				point += this.table.weight(index);
			}
		}
		return point;
	}

}
