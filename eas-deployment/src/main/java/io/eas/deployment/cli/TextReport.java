package io.eas.deployment.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;

import io.eas.deployment.finding.Severity;

/**
 * Prints the validation results of files as text, for people and for editors that turn
 * {@code file:line:column} into a link.
 */
final class TextReport {

	private TextReport() {
	}

	static void print(List<FileReport> reports, PrintWriter out, PrintWriter err) {
		for (FileReport report : reports) {
			report.findings().forEach((finding) -> out.println(finding.describe(report.file())));
		}
		out.println(summary(reports));
		out.flush();
		reports.stream()
			.map(FileReport::problem)
			.filter(Objects::nonNull)
			.forEach((problem) -> err.println("eas-deployment: " + problem));
		err.flush();
	}

	private static String summary(List<FileReport> reports) {
		String files = (reports.size() == 1) ? reports.get(0).file() : reports.size() + " files";
		long errors = reports.stream().mapToLong((report) -> report.count(Severity.ERROR)).sum();
		long warnings = reports.stream().mapToLong((report) -> report.count(Severity.WARNING)).sum();
		long unread = reports.stream().filter((report) -> report.problem() != null).count();
		return files + ": " + count(errors, "error") + ", " + count(warnings, "warning")
				+ ((unread > 0) ? ", " + unread + " not read" : "");
	}

	private static String count(long count, String what) {
		return ((count == 0) ? "no" : count) + " " + what + ((count == 1) ? "" : "s");
	}

}
