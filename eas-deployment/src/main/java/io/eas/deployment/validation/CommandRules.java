package io.eas.deployment.validation;

import java.util.List;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;

/**
 * Rules about {@code command}. Messages show no more of it than what they are about: it
 * may hold a secret.
 */
final class CommandRules {

	static final List<Rule> ALL = List.of(CommandRules::empty, CommandRules::script, CommandRules::quote);

	private CommandRules() {
	}

	static Stream<Finding> empty(ValidationContext service) {
		return service.containers()
			.stream()
			.filter((placed) -> placed.container().command() != null && placed.container().command().isBlank())
			.map((placed) -> service.finding(FindingCode.MISSING_KEY, placed.at("command"), "is empty",
					"Write the command, or remove the key, so that the image's own runs."));
	}

	static Stream<Finding> script(ValidationContext service) {
		return service.containers().stream().flatMap((placed) -> {
			String command = placed.container().command();
			return (command != null)
					? ShellWords.of(command).shell().stream().map((shell) -> script(service, placed, shell))
					: Stream.empty();
		});
	}

	static Stream<Finding> quote(ValidationContext service) {
		return service.containers().stream().flatMap((placed) -> {
			String command = placed.container().command();
			return (command != null && ShellWords.of(command).open()) ? Stream
				.of(service.finding(FindingCode.COMMAND_QUOTE, placed.at("command"),
						"must close every quote, has one that is open at its end", "Add the quote that is missing."))
					: Stream.empty();
		});
	}

	private static Finding script(ValidationContext service, LocatedContainer placed, String shell) {
		return service.finding(FindingCode.COMMAND_SCRIPT, placed.at("command"),
				"must be a single command, has " + shell,
				"Put the script into a file of the image and call that, or use the key script.");
	}

}
