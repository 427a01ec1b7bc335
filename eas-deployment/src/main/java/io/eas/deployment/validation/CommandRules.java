package io.eas.deployment.validation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.model.CheckMethod;

/**
 * Rules about {@code command}. Messages show only the part of the command that they are
 * about, because the command may contain secrets.
 */
final class CommandRules {

	static final List<Rule> ALL = List.of(CommandRules::empty, CommandRules::script, CommandRules::quote,
			CommandRules::both, CommandRules::secrets);

	/** An option or a variable with its value. */
	private static final Pattern NAMED = Pattern.compile("((?:-{1,2})?[A-Za-z][A-Za-z0-9_.-]{0,60})=(.+)",
			Pattern.DOTALL);

	private static final Pattern OPTION = Pattern.compile("-{1,2}[A-Za-z][A-Za-z0-9_.-]{0,60}");

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

	static Stream<Finding> both(ValidationContext service) {
		return service.containers()
			.stream()
			.filter((placed) -> placed.container().command() != null && placed.container().script() != null)
			.map((placed) -> service.finding(FindingCode.COMMAND_AND_SCRIPT, placed.at("script"),
					"should not stand beside command", "Keep the one that EAS shall run."));
	}

	static Stream<Finding> secrets(ValidationContext service) {
		Stream<Finding> started = service.containers()
			.stream()
			.flatMap(LocatedContainer::startLines)
			.flatMap((line) -> secret(service, line.path(), ShellCommand.words(line.text())));
		Stream<Finding> executed = service.checks()
			.flatMap((check) -> check.by(CheckMethod.Exec.class)
				.flatMap((exec) -> secret(service, check.at("exec.command"), exec.command())));
		return Stream.concat(started, executed);
	}

	private static Stream<Finding> secret(ValidationContext service, String path, List<String> words) {
		return IntStream.range(0, words.size())
			.mapToObj((i) -> words.subList(i, Math.min(i + 2, words.size())))
			.flatMap((pair) -> secretIn(pair).stream())
			.limit(1)
			.map((what) -> service.finding(FindingCode.SECRET_IN_COMMAND, path,
					"should hold no secret, " + what + " looks like one (not shown)",
					"Let the process fetch it, from KMS or a mounted file; if this one is real, have it replaced."));
	}

	/**
	 * Describes the secret that two consecutive words may contain, by the name of its
	 * option or variable and without its value.
	 */
	private static Optional<String> secretIn(List<String> pair) {
		String word = pair.get(0);
		Matcher named = NAMED.matcher(word);
		if (named.matches() && SecretDetector.isLikely(named.group(1), named.group(2))) {
			return Optional.of("the value of " + named.group(1));
		}
		boolean option = pair.size() > 1 && OPTION.matcher(word).matches() && !pair.get(1).startsWith("-");
		if (option && SecretDetector.isLikely(word, pair.get(1))) {
			return Optional.of("the value of " + word);
		}
		return SecretDetector.isLikely("", word) ? Optional.of("a word of it") : Optional.empty();
	}

	private static Finding script(ValidationContext service, LocatedContainer placed, String shell) {
		return service.finding(FindingCode.COMMAND_SCRIPT, placed.at("command"),
				"must be a single command, has " + shell,
				"Put the script into a file of the image and call that, or use the key script.");
	}

}
