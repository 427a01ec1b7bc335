package io.eas.deployment.cli;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.Position;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The validation result of a file, for the JSON format.
 *
 * @param file the file's name
 * @param problem why the file can't be read; left out if it can
 * @param findings the findings about the content
 */
record JsonReport(String file, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String problem,
		List<JsonFinding> findings) {

	static String of(List<FileReport> reports) {
		List<JsonReport> all = reports.stream().map(JsonReport::of).toList();
		return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all);
	}

	private static JsonReport of(FileReport report) {
		return new JsonReport(report.file(), report.problem(),
				report.findings().stream().map(JsonFinding::of).toList());
	}

	/**
	 * A finding; line and column are {@code null} if the finding has no position in the
	 * file.
	 */
	record JsonFinding(String code, String severity, String path, @Nullable Integer line, @Nullable Integer column,
			String message, String remedy) {

		static JsonFinding of(Finding finding) {
			Position position = finding.position();
			return new JsonFinding(finding.code().id(), finding.severity().name().toLowerCase(Locale.ROOT),
					finding.path(), (position != null) ? position.line() : null,
					(position != null) ? position.column() : null, finding.message(), finding.remedy());
		}

	}

}
