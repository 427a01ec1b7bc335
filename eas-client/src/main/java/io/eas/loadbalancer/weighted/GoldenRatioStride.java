package io.eas.loadbalancer.weighted;

/**
 * The step of a walk around a circle of points that visits each point once and leaves no
 * large gap between visited points at any time.
 *
 * <p>
 * The points {@code (start + n * step) mod length} form a rank-1 lattice. If the step is
 * coprime to the length, any {@code length} consecutive points are different. By the
 * three-distance theorem, the gaps between the visited points have at most three sizes at
 * any time. Small partial quotients of the continued fraction of {@code step / length}
 * make the gaps even (Knuth, TAOCP volume 3, section 6.4, theorem S; Niederreiter,
 * "Quasi-Monte Carlo methods and pseudo-random numbers", 1978). The golden ratio has the
 * smallest partial quotients, so the step is searched around {@code length / φ}. Example:
 * length 8 has step 5, and the walk from 0 is 0 5 2 7 4 1 6 3.
 */
final class GoldenRatioStride {

	static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

	private static final int CANDIDATES = 1024;

	private GoldenRatioStride() {
	}

	/**
	 * Finds the step for a length.
	 * @param length the number of points, at least 1
	 * @return a step from 1 to {@code length}, coprime to it
	 */
	static long step(long length) {
		long centre = Math.max(1, Math.round(length * GOLDEN));
		long best = 1;
		double bestUnevenness = Double.MAX_VALUE;
		for (long distance = 0; distance <= CANDIDATES; distance++) {
			for (long step : new long[] { centre + distance, centre - distance }) {
				double unevenness = unevenness(step, length, bestUnevenness);
				if (unevenness < bestUnevenness) {
					best = step;
					bestUnevenness = unevenness;
				}
			}
		}
		return best;
	}

	/**
	 * Returns the sum of the cubes of the partial quotients of step / length. In this
	 * sum, one large quotient counts more than many small ones. Returns infinity if the
	 * sum isn't below the limit, or if the step can't be used.
	 */
	private static double unevenness(long step, long length, double limit) {
		if (step < 1 || step > length) {
			return Double.POSITIVE_INFINITY;
		}
		double sum = 0;
		long a = length;
		long b = step;
		while (b > 0 && sum < limit) {
			sum += cube(a / b);
			long rest = a % b;
			a = b;
			b = rest;
		}
		boolean coprime = b == 0 && a == 1;
		return coprime ? sum : Double.POSITIVE_INFINITY;
	}

	private static double cube(long quotient) {
		double factor = (double) quotient;
		return factor * factor * factor;
	}

}
