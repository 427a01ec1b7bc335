package io.eas.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table in Markdown with aligned columns. Not thread-safe.
 */
public final class Table {

	private final List<List<String>> rows = new ArrayList<>();

	private final int columns;

	/**
	 * Creates an empty table.
	 * @param headers the names of the columns
	 */
	public Table(String... headers) {
		this.columns = headers.length;
		row((Object[]) headers);
	}

	/**
	 * Adds a row.
	 * @param cells one cell per column; bars are escaped
	 * @return this
	 * @throws IllegalArgumentException if the number of cells differs from that of
	 * columns
	 */
	public Table row(Object... cells) {
		if (cells.length != this.columns) {
			throw new IllegalArgumentException("a row has " + this.columns + " cells, not " + cells.length);
		}
		List<String> row = new ArrayList<>();
		for (Object cell : cells) {
			row.add(cell.toString().replace("|", "\\|"));
		}
		this.rows.add(row);
		return this;
	}

	/**
	 * Returns whether the table is empty.
	 * @return {@code true} if there are no rows below the headers
	 */
	public boolean isEmpty() {
		return this.rows.size() == 1;
	}

	@Override
	public String toString() {
		List<Integer> widths = new ArrayList<>();
		for (int column = 0; column < this.columns; column++) {
			int index = column;
			widths.add(this.rows.stream().mapToInt((row) -> row.get(index).length()).max().orElse(0));
		}
		StringBuilder text = new StringBuilder();
		line(text, this.rows.get(0), widths);
		line(text, widths.stream().map("-"::repeat).toList(), widths);
		this.rows.stream().skip(1).forEach((row) -> line(text, row, widths));
		return text.toString();
	}

	private static void line(StringBuilder text, List<String> cells, List<Integer> widths) {
		for (int column = 0; column < widths.size(); column++) {
			String cell = cells.get(column);
			text.append("| ").append(cell);
			text.append(String.join("", Collections.nCopies(widths.get(column) - cell.length(), " "))).append(' ');
		}
		text.append('|').append(System.lineSeparator());
	}

}
