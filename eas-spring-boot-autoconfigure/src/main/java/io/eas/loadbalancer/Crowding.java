package io.eas.loadbalancer;

/**
 * When a call rather goes to a second instance than to the one it was meant for, from the
 * attempts in flight on both. Of two random choices the better one is nearly as good as
 * the best of all (Mitzenmacher, "The power of two choices in randomized load balancing",
 * 2001).
 */
enum Crowding {

	/**
	 * Where the first carries far more than its share: more than twice what the second
	 * does, weight by weight, and not just a few. What is in turn is picked as long as
	 * all answer alike; an instance that is frozen or slow fills up to here.
	 */
	FAR_MORE(5) {

		@Override
		boolean prefersSecond(long first, long firstWeight, long second, long secondWeight) {
			return first * secondWeight > 2 * (second + 2) * firstWeight;
		}

	},

	/** Where the first would carry more than the second would. */
	MORE(0) {

		@Override
		boolean prefersSecond(long first, long firstWeight, long second, long secondWeight) {
			return (first + 1) * secondWeight > (second + 1) * firstWeight;
		}

	};

	private final int from;

	Crowding(int from) {
		this.from = from;
	}

	/** With fewer attempts in flight on the first there is no need to look further. */
	int from() {
		return this.from;
	}

	/**
	 * Whether the second is better.
	 * @param first the attempts in flight on the first
	 * @param firstWeight its weight
	 * @param second the attempts in flight on the second
	 * @param secondWeight its weight
	 */
	abstract boolean prefersSecond(long first, long firstWeight, long second, long secondWeight);

}
