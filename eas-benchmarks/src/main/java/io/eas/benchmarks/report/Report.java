package io.eas.benchmarks.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The output of a run: tables as they are completed, then the targets with the results.
 * Not thread-safe.
 */
public final class Report {

	private final PrintWriter out;

	private final boolean speedCounts;

	private final List<Target> targets = new ArrayList<>();

	/**
	 * Creates an empty report.
	 * @param out the output
	 * @param speedCounts whether targets of speed affect the exit status; in a short run
	 * they don't
	 */
	public Report(PrintWriter out, boolean speedCounts) {
		this.out = out;
		this.speedCounts = speedCounts;
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
	 * Adds targets.
	 * @param reached the targets with their results
	 */
	public void targets(Collection<Target> reached) {
		this.targets.addAll(reached);
	}

	/**
	 * Prints all targets.
	 * @return the exit status: 0 if every target that counts was reached, otherwise 1
	 */
	public int finish() {
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
