package io.eas.deployment.explanation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The events after one cause, in chronological order. Not thread-safe.
 */
final class Section {

	private static final String LINE = "  %14s   %s";

	private final String title;

	private final List<Entry> entries = new ArrayList<>();

	private final List<String> withoutTime = new ArrayList<>();

	Section(String title) {
		this.title = title;
	}

	Section at(TimeRange when, String what) {
		this.entries.add(new Entry(when, what));
		return this;
	}

	Section at(long when, String what) {
		return at(TimeRange.at(when), what);
	}

	Section never(String what) {
		this.withoutTime.add(String.format(LINE, "never", what));
		return this;
	}

	/**
	 * Returns the section as text. Events at the same time stay in the order in which
	 * they were added.
	 */
	List<String> lines() {
		List<String> lines = new ArrayList<>(List.of("", this.title));
		this.entries.stream()
			.sorted(Comparator.comparing(Entry::when))
			.forEach((entry) -> lines.add(String.format(LINE, entry.when, entry.what)));
		lines.addAll(this.withoutTime);
		return lines;
	}

	private record Entry(TimeRange when, String what) {
	}

}
