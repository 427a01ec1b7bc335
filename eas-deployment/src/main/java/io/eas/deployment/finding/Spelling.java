package io.eas.deployment.finding;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the known word that was probably meant by a misspelt word.
 */
public final class Spelling {

	private Spelling() {
	}

	/**
	 * Returns the known word that is closest to a word.
	 * @param word an unknown word
	 * @param known all known words
	 * @return the closest word; empty if none is close
	 */
	public static Optional<String> closest(String word, Collection<String> known) {
		return known.stream()
			.filter((each) -> distance(word, each) <= tolerance(each))
			.min(Comparator.<String>comparingInt((each) -> distance(word, each)).thenComparing(each -> each));
	}

	// short words are often similar by chance, such as cpu and gpu, or env and rpc
	private static int tolerance(String known) {
		return (known.length() < 4) ? 0 : (known.length() < 8) ? 1 : 2;
	}

	/**
	 * Returns the edit distance of two words: the number of letters to insert, remove or
	 * replace, or to swap with the next one (F. J. Damerau, "A technique for computer
	 * detection and correction of spelling errors", 1964). The distance is computed by
	 * the table of Wagner and Fischer, in which {@code table[i][j]} is the distance
	 * between the first {@code i} letters of one word and the first {@code j} letters of
	 * the other.
	 */
	private static int distance(String from, String to) {
		int[][] table = new int[from.length() + 1][to.length() + 1];
		for (int i = 0; i <= from.length(); i++) {
			for (int j = 0; j <= to.length(); j++) {
				table[i][j] = (i == 0 || j == 0) ? i + j : step(table, from, to, i, j);
			}
		}
		return table[from.length()][to.length()];
	}

	private static int step(int[][] table, String from, String to, int i, int j) {
		int replaced = table[i - 1][j - 1] + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
		int least = Math.min(replaced, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
		boolean swapped = i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2)
				&& from.charAt(i - 2) == to.charAt(j - 1);
		return swapped ? Math.min(least, 1 + table[i - 2][j - 2]) : least;
	}

}
