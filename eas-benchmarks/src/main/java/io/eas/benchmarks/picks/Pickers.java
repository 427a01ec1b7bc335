package io.eas.benchmarks.picks;

/**
 * The implementations of picks by weight.
 */
enum Pickers {

	OURS("EasClient") {

		@Override
		Picks over(Weights weights) {
			return new OurPicks(weights);
		}

	},

	ARMERIA("Armeria") {

		@Override
		Picks over(Weights weights) {
			return new ArmeriaPicks(weights);
		}

	},

	SPRING("Spring, weighted") {

		@Override
		Picks over(Weights weights) {
			return new SpringPicks(weights);
		}

	};

	private final String label;

	Pickers(String label) {
		this.label = label;
	}

	/** Creates picks over a list. */
	abstract Picks over(Weights weights);

	@Override
	public String toString() {
		return this.label;
	}

}
