package io.eas.loadbalancer.weighted;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;

/**
 * Least request: takes the least loaded of up to 16 instances, which are the picked
 * instance and the next ones on the line. The load is (attempts in flight + 1) / weight.
 * If the instance is notably slower than the average, the load is multiplied by the
 * factor by which it is slower. If the picked instance is idle and not notably slower, it
 * is taken, so that the shares are exact under low load. If the speed of each instance is
 * proportional to its weight, this comes close to sending every call to the instance that
 * responds first ("shortest expected delay"). A choice of the better of only two
 * instances would not come as close.
 */
final class LeastRequest implements OverloadStrategy {

	private static final int SOME = 16;

	private final Candidates candidates;

	private final WeightIndex table;

	LeastRequest(Candidates candidates, WeightIndex table) {
		this.candidates = candidates;
		this.table = table;
	}

	@Override
	public InstanceState instead(InstanceState picked, long point, int[] excluded) {
		if (picked.inFlight() == 0 && this.candidates.slowness(picked) == 1) {
			return picked;
		}
		InstanceState least = picked;
		int other = this.table.indexAt(point);
		double leastLoad = load(other);
		int size = this.table.size();
		for (int n = Math.min(SOME, size); n > 1; n--) {
			other = (other + 1 < size) ? other + 1 : 0;
			double load = load(other);
			if (load < leastLoad && !isIn(other, excluded) && this.candidates.admits(this.table.at(other))) {
				least = this.table.at(other);
				leastLoad = load;
			}
		}
		return least;
	}

	private double load(int index) {
		InstanceState state = this.table.at(index);
		return (state.inFlight() + 1) * this.candidates.slowness(state) / this.table.weight(index);
	}

	private static boolean isIn(int index, int[] indexes) {
		for (int each : indexes) {
			if (each == index) {
				return true;
			}
		}
		return false;
	}

}
