package io.eas.properties;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Similarity of names, used to suggest the name that the user may have meant. */
public final class Likeness {

	private Likeness() {
	}

	/**
	 * Returns the known name that is most similar to an unknown one.
	 * @param written the unknown name
	 * @param known the known names
	 * @return the most similar name, if fewer than a third of the letters differ
	 */
	public static Optional<String> nearest(String written, Collection<String> known) {
		return known.stream()
			.sorted()
			.map((each) -> Map.entry(each, of(written, each)))
			.filter((each) -> each.getValue() >= 0)
			.min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
			.map(Map.Entry::getKey);
	}

	/**
	 * Returns the number of letters that differ.
	 * @return the edit distance, or -1 if a third of the letters or more differ
	 */
	static int of(String written, String known) {
		int distance = distance(written, known);
		return (distance * 3 < written.length()) ? distance : -1;
	}

	/**
	 * Returns the number of insertions, deletions and replacements of a letter, and of
	 * swaps of two adjacent letters, that turn one name into the other: the restricted
	 * edit distance of F. J. Damerau (1964) and V. I. Levenshtein (1966).
	 */
	private static int distance(String from, String to) {
		int[][] rows = new int[from.length() + 1][to.length() + 1];
		Arrays.setAll(rows[0], (j) -> j);
		for (int i = 1; i <= from.length(); i++) {
			rows[i][0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = rows[i - 1][j - 1] + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				rows[i][j] = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
				if (i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2)
						&& from.charAt(i - 2) == to.charAt(j - 1)) {
					rows[i][j] = Math.min(rows[i][j], 1 + rows[i - 2][j - 2]);
				}
			}
		}
		return rows[from.length()][to.length()];
	}

}
