package io.eas.benchmarks.report;

import java.util.List;

/**
 * The numbers of a plot, as they are stored in a file of results.
 *
 * @param name the name of the plot's file, without its extension
 * @param title the title
 * @param x the title of the horizontal axis, with its unit
 * @param y the title of the vertical axis, with its unit
 * @param categories the labels of groups of bars; empty for lines
 * @param series the values, in the order of the legend
 * @param marks the marked points on the horizontal axis
 */
public record Figure(String name, String title, String x, String y, List<String> categories, List<Series> series,
		List<Mark> marks) {

	/**
	 * Copies the lists and checks that their sizes match.
	 */
	public Figure {
		categories = List.copyOf(categories);
		series = List.copyOf(series);
		marks = List.copyOf(marks);
		if (series.isEmpty()) {
			throw new IllegalArgumentException("the figure " + name + " has no series; was it measured too shortly?");
		}
		for (Series each : series) {
			int expected = categories.isEmpty() ? each.x().size() : categories.size();
			if (each.y().size() != expected || expected == 0) {
				throw new IllegalArgumentException("the series " + each.name() + " of the figure " + name + " has "
						+ each.y().size() + " values, expected " + expected);
			}
		}
	}

	/**
	 * A line or the bars of one color.
	 *
	 * @param name the name in the legend
	 * @param x the positions on the horizontal axis; empty for bars
	 * @param y the values
	 */
	public record Series(String name, List<Double> x, List<Double> y) {

		/**
		 * Copies the lists.
		 */
		public Series {
			x = List.copyOf(x);
			y = List.copyOf(y);
		}

	}

	/**
	 * A marked point.
	 *
	 * @param label the label
	 * @param x the position on the horizontal axis
	 */
	public record Mark(String label, double x) {
	}

}
