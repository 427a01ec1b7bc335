package io.eas.deployment.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Severity;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The command-line program: {@code validate}, {@code explain} and {@code generate} for
 * {@code service.json}. The exit code is 0 if all is well, 1 if something is wrong with a
 * service, and 2 for a file that can't be read or wrong usage.
 */
@Command(name = "eas-deployment", subcommands = { ValidateCommand.class, ExplainCommand.class, GenerateCommand.class },
		description = "Generates, validates and explains the service.json of a service on EAS.")
public final class DeploymentApplication {

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
	@SuppressWarnings("UnusedVariable") // used by picocli
	private boolean help;

	DeploymentApplication() {
	}

	/**
	 * Runs the program and exits.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		System.exit(run(args));
	}

	static int run(String... args) {
		CommandLine commandLine = commandLine().setOut(utf8(System.out)).setErr(utf8(System.err));
		try {
			return commandLine.execute(LaunchArguments.recover(args, LaunchArguments.COMMAND_LINE));
		}
		catch (IllegalArgumentException ex) {
			failed(ex, commandLine.getErr());
			return CommandLine.ExitCode.USAGE;
		}
	}

	static CommandLine commandLine() {
		CommandLine commandLine = new CommandLine(new DeploymentApplication())
			.registerConverter(Duration.class, new DurationConverter())
			.registerConverter(FindingCode.class, new FindingCodeConverter())
			.registerConverter(Path.class, DeploymentApplication::path)
			.setExecutionExceptionHandler((ex, command, parsed) -> failed(ex, command.getErr()));
		commandLine.getSubcommands().forEach((name, command) -> {
			if (name.equals("validate")) {
				command.getCommandSpec().usageMessage().footerHeading("Severities:%n").footer(severities());
			}
		});
		return commandLine;
	}

	private static String[] severities() {
		return Arrays.stream(Severity.values())
			.map((severity) -> "  " + severity.name().toLowerCase(Locale.ROOT) + ": " + severity.meaning() + ".")
			.toArray(String[]::new);
	}

	/**
	 * Returns a writer in UTF-8. Input and output are UTF-8, since files must not depend
	 * on the locale.
	 */
	private static PrintWriter utf8(PrintStream stream) {
		return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
	}

	private static Path path(String name) {
		try {
			return Path.of(name);
		}
		catch (InvalidPathException ex) {
			throw new TypeConversionException(FileAccessException.reason(ex));
		}
	}

	private static int failed(Exception ex, PrintWriter err) {
		err.println("eas-deployment: " + ex.getMessage());
		err.flush();
		return (ex instanceof FileAccessException) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
	}

}
