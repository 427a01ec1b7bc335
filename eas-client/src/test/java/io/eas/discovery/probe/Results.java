package io.eas.discovery.probe;

import java.util.List;

/**
 * Results of checks as letters: s succeeded, f failed, d discarded.
 */
final class Results {

	static final ProbeResult FINE = new ProbeResult.Passed("fine", false);

	static final ProbeResult BROKEN = new ProbeResult.Failed("broken");

	static final ProbeResult LOST = new ProbeResult.Discarded("lost");

	private Results() {
	}

	static List<ProbeResult> of(String letters) {
		return letters.chars().mapToObj(Results::of).toList();
	}

	private static ProbeResult of(int letter) {
		return switch (letter) {
			case 's' -> FINE;
			case 'f' -> BROKEN;
			default -> LOST;
		};
	}

	/** The results that these lead to, where one is enough for a verdict. */
	static Tally tally(String letters) {
		Tally tally = Tally.EMPTY;
		for (ProbeResult result : of(letters)) {
			tally = tally.with(result, new Threshold(1, 1));
		}
		return tally;
	}

}
