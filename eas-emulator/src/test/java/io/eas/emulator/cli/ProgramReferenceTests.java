package io.eas.emulator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eas.deployment.cli.DeploymentApplication;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the options in {@code docs/reference/programs.md} with those of the programs.
 */
class ProgramReferenceTests {

	/** A row such as {@code | `-e`, `--env <name=value>` | | adds a variable |}. */
	private static final Pattern ROW = Pattern.compile("\\| (`-[^|]*`) \\|(.*?)\\|.*");

	private static final String SHARED = "Options of run and serve";

	@ParameterizedTest(name = "{0}")
	@MethodSource("commands")
	void referenceListsEveryOptionOfTheCommand(String section, CommandSpec command) throws IOException {
		assertThat(documented(section).keySet())
			.containsExactlyInAnyOrderElementsOf(options(command).map(ProgramReferenceTests::label).toList());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("commands")
	void referenceStatesTheDefaultOfEveryOption(String section, CommandSpec command) throws IOException {
		Map<String, String> documented = documented(section);
		assertThat(options(command)).allSatisfy((option) -> {
			if (option.defaultValue() != null) {
				assertThat(documented).containsEntry(label(option), option.defaultValue());
			}
			if (option.required()) {
				assertThat(documented).containsEntry(label(option), "required");
			}
		});
	}

	static List<Object[]> commands() {
		List<Object[]> commands = new ArrayList<>();
		for (Class<?> program : List.of(EmulatorApplication.class, DeploymentApplication.class)) {
			CommandLine line = new CommandLine(program);
			line.getSubcommands()
				.forEach((name, command) -> commands
					.add(new Object[] { line.getCommandName() + " " + name, command.getCommandSpec() }));
		}
		return commands;
	}

	private static Stream<OptionSpec> options(CommandSpec command) {
		return command.options().stream().filter((option) -> !option.usageHelp());
	}

	private static String label(OptionSpec option) {
		String value = option.typeInfo().isBoolean() ? "" : " " + option.paramLabel();
		return String.join(", ", option.names()) + value;
	}

	private static Map<String, String> documented(String section) throws IOException {
		Map<String, String> rows = new TreeMap<>(rows(section));
		if (section.startsWith("eas-emulator ")) {
			rows.putAll(rows(SHARED));
		}
		return rows;
	}

	private static Map<String, String> rows(String section) throws IOException {
		Map<String, String> rows = new TreeMap<>();
		Files.readAllLines(Path.of("..", "docs", "reference", "programs.md"))
			.stream()
			.dropWhile((line) -> !line.equals("## " + section))
			.skip(1)
			.takeWhile((line) -> !line.startsWith("## "))
			.map(ROW::matcher)
			.forEach((row) -> {
				if (row.matches()) {
					rows.put(row.group(1).replace("`", "").replace(",…", ""), row.group(2).trim());
				}
			});
		return rows;
	}

}
