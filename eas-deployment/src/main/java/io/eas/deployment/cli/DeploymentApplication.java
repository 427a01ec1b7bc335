package io.eas.deployment.cli;

import java.io.PrintWriter;
import java.time.Duration;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program: {@code validate}, {@code explain} and {@code generate} for
 * {@code service.json}. Exit code 0 if all is well; 1 for what is wrong with a service; 2
 * for a file that can't be read, or wrong usage.
 */
@Command(name = "eas-deployment", subcommands = { ValidateCommand.class, ExplainCommand.class, GenerateCommand.class },
		description = "Makes, checks and explains the service.json of a service on EAS.")
public final class DeploymentApplication {

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this.")
	@SuppressWarnings("UnusedVariable") // picocli acts on it
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
		return commandLine().execute(args);
	}

	static CommandLine commandLine() {
		return new CommandLine(new DeploymentApplication()).registerConverter(Duration.class, new DurationConverter())
			.setExecutionExceptionHandler((ex, command, parsed) -> failed(ex, command.getErr()));
	}

	private static int failed(Exception ex, PrintWriter err) {
		err.println("eas-deployment: " + ex.getMessage());
		err.flush();
		return (ex instanceof FileAccessException) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
	}

}
