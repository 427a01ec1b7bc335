package io.eas.benchmarks.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The output of a run: tables as they are completed, then the targets with the results.
 * Not thread-safe.
 */
public final class Report {

	private final PrintWriter out;

	private final boolean speedCounts;

	private final @Nullable Path results;

	private final List<Target> targets = new ArrayList<>();

	private final List<Figure> figures = new ArrayList<>();

	/**
	 * Creates an empty report.
	 * @param out the output
	 * @param speedCounts whether targets of speed affect the exit status; in a short run
	 * they don't
	 * @param results the file for the figures, or {@code null} for none
	 */
	public Report(PrintWriter out, boolean speedCounts, @Nullable Path results) {
		this.out = out;
		this.speedCounts = speedCounts;
		this.results = results;
	}

	/**
	 * Prints a table.
	 * @param title the title of the table
	 * @param table the table
	 */
	public void table(String title, Table table) {
		this.out.println();
		this.out.println("### " + title);
		this.out.println();
		this.out.print(table);
		this.out.flush();
	}

	/**
	 * Prints a note about all tables that follow.
	 * @param text one paragraph
	 */
	public void note(String text) {
		this.out.println();
		this.out.println(text);
		this.out.flush();
	}

	/**
	 * Adds a figure to the file of results.
	 * @param figure the numbers of a plot
	 */
	public void figure(Figure figure) {
		this.figures.add(figure);
	}

	/**
	 * Adds targets.
	 * @param reached the targets with their results
	 */
	public void targets(Collection<Target> reached) {
		this.targets.addAll(reached);
	}

	/**
	 * Prints all targets, and writes the file of results if one was requested.
	 * @return the exit status: 1 if a target that affects it was missed, otherwise 0
	 */
	public int finish() {
		if (this.results != null) {
			try {
				new Figures(this.figures).write(this.results);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("--results: can't write " + this.results + ": " + ex.getMessage(), ex);
			}
		}
		Table table = new Table("what", "measured", "target", "met");
		for (Target target : this.targets) {
			table.row(target.what(), Numbers.shown(target.measured()),
					target.bound() + " " + Numbers.shown(target.limit()), verdict(target));
		}
		if (!table.isEmpty()) {
			table("Targets", table);
		}
		return this.targets.stream().allMatch((target) -> target.isMet() || !counts(target)) ? 0 : 1;
	}

	private String verdict(Target target) {
		return counts(target) ? target.isMet() ? "yes" : "NO" : "not judged";
	}

	private boolean counts(Target target) {
		return this.speedCounts || !target.speed();
	}

}
