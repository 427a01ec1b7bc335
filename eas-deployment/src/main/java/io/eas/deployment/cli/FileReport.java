package io.eas.deployment.cli;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.deployment.reader.InvalidDescriptorException;
import io.eas.deployment.validation.DescriptorValidator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The result of reading and validating a file.
 *
 * @param file the file's name
 * @param problem why the file can't be read; {@code null} if it can
 * @param isJson whether the content is a JSON object
 * @param findings the findings about the content
 */
record FileReport(String file, @Nullable String problem, boolean isJson, List<Finding> findings) {

	/**
	 * Reads and validates a file.
	 * @param ignored codes that are not reported. A file that isn't JSON is always
	 * reported, because no other rule can be applied to it
	 */
	static FileReport of(DescriptorFile file, Duration startTime, Set<FindingCode> ignored) {
		String name = file.displayName();
		try {
			List<Finding> findings = DescriptorValidator.validate(DescriptorReader.parse(file.content()), startTime)
				.stream()
				.filter((finding) -> !ignored.contains(finding.code()))
				.toList();
			return new FileReport(name, null, true, findings);
		}
		catch (FileAccessException ex) {
			return new FileReport(name, ex.getMessage(), false, List.of());
		}
		catch (InvalidDescriptorException ex) {
			return new FileReport(name, null, false, ex.findings());
		}
	}

	long count(Severity severity) {
		return this.findings.stream().filter((finding) -> finding.severity() == severity).count();
	}

	/**
	 * Returns the exit code for this file alone.
	 * @param strict whether warnings count as errors
	 */
	int exitCode(boolean strict) {
		if (!this.isJson) {
			return CommandLine.ExitCode.USAGE;
		}
		boolean wrong = count(Severity.ERROR) > 0 || (strict && !this.findings.isEmpty());
		return wrong ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
	}

}
